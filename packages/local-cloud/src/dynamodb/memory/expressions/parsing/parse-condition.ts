import type {
  Comparator,
  Condition,
  ExpressionKind,
  Operand,
  Parsed,
  TestFunction,
} from '../syntax.ts';
import { Parser } from './parser.ts';

const comparators: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

const operandCounts: Readonly<Record<TestFunction, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};

const isTestFunction = (name: string): name is TestFunction => Object.hasOwn(operandCounts, name);

/** Conditions, filters and conditions on keys: one grammar, of which the last may use a part. */
export function parseCondition(kind: ExpressionKind, source: string): Parsed<Condition> {
  const parser = new ConditionParser(kind, source);
  return parser.finish(parser.condition());
}

class ConditionParser extends Parser {
  condition(): Condition {
    let left = this.#conjunction();
    while (this.acceptKeyword('OR')) left = { type: 'or', left, right: this.#conjunction() };
    return left;
  }

  #conjunction(): Condition {
    let left = this.#negation();
    while (this.acceptKeyword('AND')) left = { type: 'and', left, right: this.#negation() };
    return left;
  }

  #negation(): Condition {
    if (this.acceptKeyword('NOT')) return { type: 'not', inner: this.#negation() };
    return this.isSymbol('(') ? this.#inParentheses() : this.#comparison();
  }

  #inParentheses(): Condition {
    this.expectSymbol('(');
    const inner = this.isSymbol('(') ? this.#startsWithParentheses() : this.condition();
    this.expectSymbol(')');
    return inner;
  }

  /** Two opening ones may belong to two pairs, as in `((a = :a) OR b = :b)`. */
  #startsWithParentheses(): Condition {
    const first = this.peek();
    const inner = this.condition();
    if (this.isSymbol(')') && this.#closes(first.start)) {
      throw this.error('The expression has redundant parentheses;');
    }
    return inner;
  }

  /** Whether the pair that opens at `start` ends just before the word that comes next. */
  #closes(start: number): boolean {
    let depth = 0;
    for (let back = -1; ; back--) {
      const { text, start: at, kind } = this.peek(back);
      if (kind === 'symbol' && text === ')') depth++;
      if (kind === 'symbol' && text === '(') depth--;
      if (depth === 0) return at === start;
    }
  }

  #comparison(): Condition {
    const name = this.peek().kind === 'word' ? this.peek().text : '';
    const called = name !== 'size' ? this.acceptFunction() : undefined;
    if (called !== undefined) return this.#test(called);
    const operand = this.#operand();
    const { text: operator } = this.peek();
    if (this.peek().kind === 'symbol' && comparators.has(operator)) {
      this.take();
      const comparator = operator as Comparator;
      return { type: 'compare', operator: comparator, left: operand, right: this.#operand() };
    }
    if (this.acceptKeyword('BETWEEN')) {
      const low = this.#operand();
      this.expectKeyword('AND');
      return { type: 'between', operand, low, high: this.#operand() };
    }
    if (this.acceptKeyword('IN')) {
      this.expectSymbol('(');
      const options = this.list(() => this.#operand());
      this.expectSymbol(')');
      return { type: 'in', operand, options };
    }
    if (operand.type === 'size') throw this.#misplaced('size');
    throw this.syntaxError();
  }

  #test(name: string): Condition {
    if (name === 'if_not_exists' || name === 'list_append') {
      throw this.error(`The function is not allowed in a condition expression; function: ${name}`);
    }
    if (!isTestFunction(name)) throw this.error(`Invalid function name; function: ${name}`);
    const operands = this.list(() => this.#operand());
    this.expectSymbol(')');
    if (operands.length !== operandCounts[name]) {
      throw this.error(
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
      );
    }
    if (this.peek().kind === 'symbol' && comparators.has(this.peek().text)) {
      throw this.#misplaced(name);
    }
    return { type: 'test', name, operands };
  }

  #operand(): Operand {
    const name = this.acceptFunction();
    if (name === undefined) return this.pathOrValue();
    if (name !== 'size') {
      throw isTestFunction(name)
        ? this.#misplaced(name)
        : this.error(`Invalid function name; function: ${name}`);
    }
    const of = this.pathOrValue();
    this.expectSymbol(')');
    return { type: 'size', of };
  }

  #misplaced(name: string) {
    return this.error(
      `The function is not allowed to be used this way in an expression; function: ${name}`,
    );
  }
}
