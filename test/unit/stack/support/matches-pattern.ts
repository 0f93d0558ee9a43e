/** Lambda's filter rules as far as the stack uses them: nested keys, equal values, prefixes. */
export function matchesPattern(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((rule) => matchesRule(rule, value));
  if (!isObject(pattern) || !isObject(value)) return false;
  return Object.entries(pattern).every(([key, inner]) => matchesPattern(inner, value[key]));
}

function matchesRule(rule: unknown, value: unknown): boolean {
  if (typeof rule === 'string') return rule === value;
  if (isObject(rule) && Object.keys(rule).join() === 'prefix') {
    return typeof value === 'string' && value.startsWith(String(rule.prefix));
  }
  throw new Error(`Unknown rule ${JSON.stringify(rule)}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
