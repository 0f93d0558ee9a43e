import { type Attributes, type AttributeValue, noAttributes } from '../values/attribute-value.ts';
import { type Names, resolvePath } from './paths.ts';
import type { Path } from './syntax.ts';

/** The parts of the elements and members that paths lead to; a whole one is its own leaf. */
interface Wanted {
  whole?: true;
  parts: Map<string | number, Wanted>;
}

/** The attributes that a projection names, each as deep as it does. Elements of lists close up. */
export function project(item: Attributes, paths: readonly Path[], names: Names): Attributes {
  return projectMap(item, wantedBy(paths, names));
}

function wantedBy(paths: readonly Path[], names: Names): Wanted {
  const root: Wanted = { parts: new Map() };
  for (const path of paths) {
    let place = root;
    for (const element of resolvePath(path, names)) {
      const next = place.parts.get(element) ?? { parts: new Map() };
      place.parts.set(element, next);
      place = next;
    }
    place.whole = true;
  }
  return root;
}

function projectMap(map: Attributes, { parts }: Wanted): Attributes {
  const result = noAttributes();
  for (const [name, wanted] of parts) {
    const value = map[String(name)];
    const kept = value && projectValue(value, wanted);
    if (kept !== undefined) result[String(name)] = kept;
  }
  return result;
}

function projectValue(value: AttributeValue, wanted: Wanted): AttributeValue | undefined {
  if (wanted.whole) return value;
  if (value.M) {
    const M = projectMap(value.M, wanted);
    return Object.keys(M).length > 0 ? { M } : undefined;
  }
  const indexes = [...wanted.parts.keys()].filter((key) => typeof key === 'number');
  const L = indexes
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const [element, part] = [value.L?.[index], wanted.parts.get(index)];
      return (element && part && projectValue(element, part)) ?? [];
    });
  return L.length > 0 ? { L } : undefined;
}
