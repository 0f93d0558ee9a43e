import { TemplateError } from '../../template/template-error.ts';

/**
 * Reads a route selection expression such as `$request.body.type` and gives a function from a
 * frame's text to the value selected; undefined when the text is not JSON or has no such value.
 */
export function createRouteSelection(
  expression: string | undefined,
): (text: string) => string | undefined {
  const path = /^\$\{?request\.body\.([\w.-]+)\}?$/.exec(expression ?? '')?.[1]?.split('.');
  if (!path) {
    throw new TemplateError(`The route selection expression "${expression}" cannot be evaluated.`);
  }
  return (text) => {
    let value = parse(text);
    for (const name of path) value = ownProperty(value, name);
    return typeof value === 'object' || value === undefined ? undefined : String(value);
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ownProperty(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
