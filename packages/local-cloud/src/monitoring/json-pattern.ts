/** Filter patterns of CloudWatch Logs for JSON: `{ $.level = "ERROR" && $.took > 100 }`. Pure. */

export type Matches = (logged: unknown) => boolean;

const token =
  /\s*(\$(?:\.[\w-]+)+|"(?:[^"\\]|\\.)*"|&&|\|\||!=|<=|>=|[()=<>]|[^\s()=<>!&|"$]+)\s*/y;

/** Throws an Error that says what is not understood. */
export function compileJsonPattern(pattern: string): Matches {
  const inner = /^\{(.*)\}$/s.exec(pattern.trim())?.[1];
  if (inner === undefined) throw new Error('it is not in braces');
  const tokens = tokenize(inner);
  const matches = parseOr(tokens);
  if (tokens[0] !== undefined) throw new Error(`${tokens[0]} is one too many`);
  return matches;
}

/** The value of a field such as `$.message.tookMs`; undefined when it is not there. */
export function fieldOf(logged: unknown, selector: string): unknown {
  const names = selector.split('.').slice(1);
  return names.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    logged,
  );
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text)?.[1];
    if (found === undefined) throw new Error(`"${text.slice(at)}" is not understood`);
    tokens.push(found);
  }
  return tokens;
}

function parseOr(tokens: string[]): Matches {
  const any = parseList(tokens, '||', parseAnd);
  return (logged) => any.some((matches) => matches(logged));
}

function parseAnd(tokens: string[]): Matches {
  const all = parseList(tokens, '&&', parseOne);
  return (logged) => all.every((matches) => matches(logged));
}

function parseList(tokens: string[], separator: string, parse: typeof parseOne): Matches[] {
  const parsed = [parse(tokens)];
  while (tokens[0] === separator) {
    tokens.shift();
    parsed.push(parse(tokens));
  }
  return parsed;
}

function parseOne(tokens: string[]): Matches {
  const first = tokens.shift();
  if (first === '(') {
    const matches = parseOr(tokens);
    expectToken(tokens, ')');
    return matches;
  }
  if (!first?.startsWith('$.')) throw new Error(`${first ?? 'its end'} is no field`);
  const test = parseTest(tokens);
  return (logged) => test(fieldOf(logged, first));
}

function expectToken(tokens: string[], expected: string): void {
  const found = tokens.shift();
  if (found !== expected) throw new Error(`${found ?? 'its end'} stands where ${expected} should`);
}

const states: Readonly<Record<string, unknown>> = { NULL: null, TRUE: true, FALSE: false };

function parseTest(tokens: string[]): Matches {
  const operator = tokens.shift();
  if (operator === 'NOT') {
    expectToken(tokens, 'EXISTS');
    return (value) => value === undefined;
  }
  const operand = tokens.shift();
  if (operand === undefined) throw new Error('it ends too early');
  if (operator === 'IS') {
    if (!Object.hasOwn(states, operand)) throw new Error(`nothing is ${operand}`);
    return (value) => value === states[operand];
  }
  return parseComparison(operator, operand);
}

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '=': (one, other) => one === other,
  '!=': (one, other) => one !== other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

/** A field that is not there compares with nothing, not even as unequal. */
function parseComparison(operator = '', operand: string): Matches {
  const compare = comparisons[operator];
  if (compare === undefined) throw new Error(`${operator || 'its end'} is no comparison`);
  const number = Number(operand);
  if (!Number.isNaN(number)) {
    return (value) => typeof value === 'number' && compare(value, number);
  }
  if (operator !== '=' && operator !== '!=') throw new Error(`${operand} is no number`);
  const isLike = textTest(operand.startsWith('"') ? operand.slice(1, -1) : operand);
  return (value) => value !== undefined && isLike(value) === (operator === '=');
}

const literal = (text: string): string => text.replace(/[.+*?^${}()|[\]\\]/g, '\\$&');

/** A star stands for any text, and alone for any value at all. */
function textTest(pattern: string): Matches {
  if (pattern === '*') return () => true;
  const parts = pattern.split('*').map((part) => literal(part.replaceAll(/\\(.)/g, '$1')));
  const all = new RegExp(`^${parts.join('.*')}$`, 's');
  return (value) => typeof value === 'string' && all.test(value);
}
