import type { IncomingMessage } from 'node:http';

/** Values by name in order of arrival; a Map, so that a name such as `__proto__` is only a name. */
export type MultiValues = ReadonlyMap<string, readonly string[]>;

/** The request's headers with the caller's spelling, plus what API Gateway's edge adds. */
export function readHeaders(request: IncomingMessage): MultiValues {
  const headers = new Map<string, string[]>();
  const raw = request.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    append(headers, raw[index] ?? '', raw[index + 1] ?? '');
  }
  append(headers, 'X-Forwarded-For', sourceIpOf(request));
  append(headers, 'X-Forwarded-Port', String(request.socket.localPort ?? 0));
  append(headers, 'X-Forwarded-Proto', 'http');
  return headers;
}

export function readQuery(url: URL): MultiValues {
  const values = new Map<string, string[]>();
  for (const [name, value] of url.searchParams) append(values, name, value);
  return values;
}

/** Header lookup by name in any case; a header sent twice is joined by commas. */
export function headerOf(headers: MultiValues, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, values] of headers) if (key.toLowerCase() === wanted) return values.join(',');
  return undefined;
}

/** Where a name came twice, payload format 1 keeps the last. */
export function lastValues(values: MultiValues): Record<string, string> {
  return Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? '']));
}

export function allValues(values: MultiValues): Record<string, string[]> {
  return Object.fromEntries([...values].map(([name, all]) => [name, [...all]]));
}

/** Where a name came twice, payload format 2 joins by commas. */
export function joinedValues(values: MultiValues): Record<string, string> {
  return Object.fromEntries([...values].map(([name, all]) => [name, all.join(',')]));
}

export function sourceIpOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? '127.0.0.1';
}

/** The request target as a URL; undefined when it is not one. */
export function urlOf(request: IncomingMessage): URL | undefined {
  const target = request.url ?? '/';
  // A target such as `//host/path` would otherwise be read as another host.
  return URL.parse(`http://localhost${target.startsWith('/') ? '' : '/'}${target}`) ?? undefined;
}

function append(values: Map<string, string[]>, name: string, value: string): void {
  const known = values.get(name);
  if (known) known.push(value);
  else values.set(name, [value]);
}
