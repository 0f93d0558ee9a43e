/** A route key such as `GET /groups/{groupId}` and what belongs to it. */
interface Keyed {
  routeKey: string;
}

export interface RouteMatch<R extends Keyed> {
  route: R;
  /** Decoded. */
  pathParameters: Record<string, string>;
}

interface Compiled<R> {
  route: R;
  method: string;
  pattern: RegExp;
  names: string[];
  rank: string;
}

/**
 * Finds the route of a request as HTTP APIs do: full matches before `{proxy+}`, a literal segment
 * before a parameter, a method before ANY, and `$default` last.
 */
export function createRouteTable<R extends Keyed>(
  routes: readonly R[],
): (method: string, path: string) => RouteMatch<R> | 'badEncoding' | undefined {
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  const table = routes
    .filter((route) => route !== fallback)
    .map(compile)
    .sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return (method, path) => {
    for (const entry of table) {
      if (entry.method !== 'ANY' && entry.method !== method) continue;
      const found = entry.pattern.exec(path);
      if (found) return toMatch(entry, found.slice(1));
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function compile<R extends Keyed>(route: R): Compiled<R> {
  const [method = '', path = '/'] = route.routeKey.split(' ');
  const segments = path.split('/').slice(1);
  const names = segments.flatMap((segment) => /^\{([^+}]+)\+?\}$/.exec(segment)?.[1] ?? []);
  const kinds = segments.map(kindOf);
  const greedy = kinds.includes('2') ? '1' : '0';
  return {
    route,
    method,
    pattern: new RegExp(`^${segments.map(toPattern).join('')}$`),
    names,
    rank: `${greedy}${kinds.join('')}${method === 'ANY' ? '9' : '8'}`,
  };
}

/** 0 literal, 1 parameter, 2 greedy: comparing the digits compares how specific paths are. */
function kindOf(segment: string): '0' | '1' | '2' {
  if (!segment.startsWith('{')) return '0';
  return segment.endsWith('+}') ? '2' : '1';
}

function toPattern(segment: string): string {
  const patterns = {
    '0': `/${segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`,
    '1': '/([^/]+)',
    '2': '/(.+)',
  };
  return patterns[kindOf(segment)];
}

function toMatch<R extends Keyed>(
  { route, names }: Compiled<R>,
  values: readonly string[],
): RouteMatch<R> | 'badEncoding' {
  try {
    const decoded = names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]);
    return { route, pathParameters: Object.fromEntries(decoded) };
  } catch {
    return 'badEncoding';
  }
}
