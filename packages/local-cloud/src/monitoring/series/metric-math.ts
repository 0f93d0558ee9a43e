import { TemplateError } from '../../template/template-error.ts';

/** Undefined where there is no datapoint. */
type Value = number | undefined;

/** The value of an expression in one period, from those of what it names. */
export type Evaluate = (read: (id: string) => Value) => Value;

/** Operators that bind more loosely come first. */
const levels: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { OR: (a, b) => Number(a !== 0 || b !== 0), '||': (a, b) => Number(a !== 0 || b !== 0) },
  { AND: (a, b) => Number(a !== 0 && b !== 0), '&&': (a, b) => Number(a !== 0 && b !== 0) },
  {
    ...{ '<=': (a, b) => Number(a <= b), '>=': (a, b) => Number(a >= b) },
    ...{ '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b) },
    ...{ '<': (a, b) => Number(a < b), '>': (a, b) => Number(a > b) },
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b },
];

const functions: Readonly<Record<string, (parts: readonly Evaluate[]) => Evaluate>> = {
  FILL:
    ([filled, filler]) =>
    (read) =>
      filled?.(read) ?? filler?.(read),
  IF:
    ([condition, then, otherwise]) =>
    (read) => {
      const value = condition?.(read);
      if (value === undefined) return undefined;
      return (value === 0 ? otherwise : then)?.(read);
    },
  /** Of an array: what is missing adds nothing, and all missing is missing. */
  SUM: (parts) => (read) => {
    const values = parts.map((part) => part(read)).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
  },
};

/**
 * Metric math of CloudWatch, as far as the local cloud has it: numbers, ids, `+ - * /`, comparisons,
 * AND and OR, `FILL(x, value)`, `IF(condition, then, otherwise)` and `SUM([x, y])`. An operation on a missing value
 * gives none, and so does a division by zero. Throws TemplateError for anything else.
 */
export function compileExpression(text: string): Evaluate {
  const tokens = text.match(/\d+(?:\.\d+)?|\w+|[<>=!]=|&&|\|\||\S/g) ?? [];
  const parser = { tokens, at: 0, text };
  const evaluate = parseLevel(parser, 0);
  if (parser.at < tokens.length) throw unknown(parser);
  return evaluate;
}

interface Parser {
  readonly tokens: readonly string[];
  readonly text: string;
  at: number;
}

const unknown = ({ text, tokens, at }: Parser): TemplateError =>
  new TemplateError(
    `The local cloud does not know "${tokens[at] ?? 'the end'}" in the expression ${text}.`,
  );

function parseLevel(parser: Parser, level: number): Evaluate {
  const operators = levels[level];
  if (operators === undefined) return parseOperand(parser);
  let left = parseLevel(parser, level + 1);
  for (;;) {
    const operator = operators[parser.tokens[parser.at] ?? ''];
    if (operator === undefined) return left;
    parser.at += 1;
    left = combine(operator, left, parseLevel(parser, level + 1));
  }
}

const combine =
  (operator: (a: number, b: number) => number, left: Evaluate, right: Evaluate): Evaluate =>
  (read) => {
    const [a, b] = [left(read), right(read)];
    if (a === undefined || b === undefined) return undefined;
    const value = operator(a, b);
    return Number.isFinite(value) ? value : undefined;
  };

function parseOperand(parser: Parser): Evaluate {
  const token = parser.tokens[parser.at] ?? '';
  if (token === '(') return parseArguments(parser)[0] as Evaluate;
  if (/^\d/.test(token)) {
    parser.at += 1;
    return () => Number(token);
  }
  // An id begins with a small letter, a function with a capital one.
  if (/^[a-z]/.test(token)) {
    parser.at += 1;
    return (read) => read(token);
  }
  const make = Object.hasOwn(functions, token) ? functions[token] : undefined;
  if (make === undefined) throw unknown(parser);
  parser.at += 1;
  return make(token === 'SUM' ? parseArray(parser) : parseArguments(parser));
}

function parseArray(parser: Parser): Evaluate[] {
  expect(parser, '(');
  const parts = parseArguments(parser, ['[', ']']);
  expect(parser, ')');
  return parts;
}

/** What stands in parentheses, separated by commas. */
function parseArguments(
  parser: Parser,
  [begin, end]: readonly [string, string] = ['(', ')'],
): Evaluate[] {
  const parts: Evaluate[] = [];
  do {
    expect(parser, parts.length === 0 ? begin : ',');
    parts.push(parseLevel(parser, 0));
  } while (parser.tokens[parser.at] === ',');
  expect(parser, end);
  return parts;
}

function expect(parser: Parser, token: string): void {
  if (parser.tokens[parser.at] !== token) throw unknown(parser);
  parser.at += 1;
}
