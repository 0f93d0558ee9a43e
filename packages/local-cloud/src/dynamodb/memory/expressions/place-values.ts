import { invalid } from '../errors.ts';
import { type AttributeValue, copyOf } from '../values/attribute-value.ts';
import { type Names, nameIn } from './paths.ts';
import type { Path } from './syntax.ts';

interface Placed {
  path: Path;
  value: AttributeValue;
}

type Container = Record<string, AttributeValue> | AttributeValue[];

/**
 * Puts values into an item, which is changed; what is inside it is copied on the way. Elements beyond
 * the end of a list are appended in the order of their numbers.
 */
export function setAt(
  item: Record<string, AttributeValue>,
  placed: readonly Placed[],
  names: Names,
): void {
  const inOrder = placed.toSorted((a, b) => lastIndex(a.path) - lastIndex(b.path));
  for (const { path, value } of inOrder) {
    const [container, last] = containerOf(item, path, names);
    if (Array.isArray(container)) container[Math.min(Number(last), container.length)] = value;
    else container[String(last)] = value;
  }
}

/** Takes values out of an item, which is changed. What is not there needs no removal. */
export function removeAt(
  item: Record<string, AttributeValue>,
  paths: readonly Path[],
  names: Names,
): void {
  // The innermost first, and of a list the last elements: the others keep their numbers.
  const inOrder = paths.toSorted((a, b) => b.length - a.length || lastIndex(b) - lastIndex(a));
  for (const path of inOrder) {
    const [container, last] = containerOf(item, path, names);
    if (Array.isArray(container)) container.splice(Number(last), 1);
    else delete container[String(last)];
  }
}

const lastIndex = (path: Path): number => {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
};

/** A copy, in its place, of the map or list that holds the end of a path, and the name or number there. */
function containerOf(
  item: Record<string, AttributeValue>,
  path: Path,
  names: Names,
): [Container, string | number] {
  let container: Container = item;
  path.slice(0, -1).forEach((element, i) => {
    const key = keyIn(element, names);
    const value = (container as Record<string | number, AttributeValue>)[key];
    const next =
      typeof path[i + 1] === 'number' ? value?.L && [...value.L] : value?.M && copyOf(value.M);
    if (next === undefined) {
      throw invalid('The document path provided in the update expression is invalid for update');
    }
    (container as Record<string | number, AttributeValue>)[key] = Array.isArray(next)
      ? { L: next }
      : { M: next };
    container = next;
  });
  return [container, keyIn(path.at(-1) ?? '', names)];
}

const keyIn = (element: string | number, names: Names): string | number =>
  typeof element === 'string' ? nameIn(element, names) : element;
