import { invalid } from '../errors.ts';
import type { Attributes, AttributeValue } from '../values/attribute-value.ts';
import type { ExpressionKind, Path } from './syntax.ts';

export type Names = Readonly<Record<string, string>>;

/** The name that an element of a path means. */
export const nameIn = (element: string, names: Names): string =>
  element.startsWith('#') ? (names[element] ?? element) : element;

export const resolvePath = (path: Path, names: Names): Path =>
  path.map((element) => (typeof element === 'string' ? nameIn(element, names) : element));

export const topLevelName = (path: Path, names: Names): string => nameIn(String(path[0]), names);

export function valueAt(item: Attributes, path: Path, names: Names): AttributeValue | undefined {
  let value = item[topLevelName(path, names)];
  for (let i = 1; i < path.length && value !== undefined; i++) {
    const element = path[i];
    if (typeof element === 'number') value = value.L?.[element];
    else if (element !== undefined) value = value.M?.[nameIn(element, names)];
  }
  return value;
}

/** Of two paths of one expression neither may lead through the other. */
export function checkOverlaps(kind: ExpressionKind, paths: readonly Path[], names: Names): void {
  const resolved = paths.map((path) => resolvePath(path, names));
  resolved.forEach((one, i) => {
    for (const other of resolved.slice(i + 1)) {
      const fault = faultOf(one, other);
      if (fault === undefined) continue;
      throw invalid(
        `Invalid ${kind}: Two document paths ${fault} with each other; must remove or rewrite one of these paths; path one: ${textOf(one)}, path two: ${textOf(other)}`,
      );
    }
  });
}

function faultOf(one: Path, other: Path): 'overlap' | 'conflict' | undefined {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) {
    if (one[i] === other[i]) continue;
    return typeof one[i] === typeof other[i] ? undefined : 'conflict';
  }
  return 'overlap';
}

export const textOf = (path: Path): string =>
  `[${path.map((element) => (typeof element === 'number' ? `[${element}]` : element)).join(', ')}]`;
