import { invalid } from '../errors.ts';
import {
  type AttributeType,
  type AttributeValue,
  attributeTypes,
  typeOf,
} from '../values/attribute-value.ts';
import { comparatorOf, scalarOf } from '../values/compare.ts';
import { resolvePath, textOf } from './paths.ts';
import type { Bindings, Condition, Operand, Parsed } from './syntax.ts';

const ordered: ReadonlySet<AttributeType> = new Set(['S', 'N', 'B'] as const);
const sized: ReadonlySet<AttributeType> = new Set(
  attributeTypes.filter((type) => !['N', 'BOOL', 'NULL'].includes(type)),
);

/** Refuses what could hold for no item: DynamoDB does so before it reads one. */
export function checkCondition({ kind, tree }: Parsed<Condition>, bindings: Bindings): void {
  new ConditionCheck(kind, bindings).check(tree);
}

class ConditionCheck {
  readonly #kind: string;
  readonly #bindings: Bindings;

  constructor(kind: string, bindings: Bindings) {
    this.#kind = kind;
    this.#bindings = bindings;
  }

  check(condition: Condition): void {
    switch (condition.type) {
      case 'and':
      case 'or':
        this.check(condition.left);
        this.check(condition.right);
        break;
      case 'not':
        this.check(condition.inner);
        break;
      case 'compare':
        this.#checkComparison(condition);
        break;
      case 'between':
        this.#checkBounds(condition);
        break;
      case 'in':
        this.#checkOperands('IN', [condition.operand, ...condition.options]);
        break;
      case 'test':
        this.#checkTest(condition);
    }
  }

  #checkComparison({ operator, left, right }: Condition & { type: 'compare' }): void {
    this.#checkOperands(operator, [left, right]);
    if (operator === '=' || operator === '<>') return;
    for (const operand of [left, right]) this.#checkType(operator, operand, ordered);
  }

  #checkBounds({ operand, low, high }: Condition & { type: 'between' }): void {
    this.#checkOperands('BETWEEN', [operand, low, high]);
    for (const each of [operand, low, high]) this.#checkType('BETWEEN', each, ordered);
    const [from, to] = [this.#valueOf(low), this.#valueOf(high)];
    if (from === undefined || to === undefined) return;
    if (typeOf(from) !== typeOf(to)) throw this.#badBounds('same data type for', from, to);
    const compare = comparatorOf(typeOf(from));
    if (compare(scalarOf(from) ?? '', scalarOf(to) ?? '') > 0) {
      throw this.#badBounds('upper bound to be greater than or equal to', from, to);
    }
  }

  #checkTest({ name, operands }: Condition & { type: 'test' }): void {
    const [first, second] = operands;
    if (first?.type !== 'path' && /^attribute_/.test(name)) {
      throw this.#error(
        `Operator or function requires a document path; operator or function: ${name}`,
      );
    }
    this.#checkOperands(name, operands);
    if (name === 'begins_with') {
      for (const operand of operands) this.#checkType(name, operand, new Set(['S', 'B']));
    }
    if (name !== 'attribute_type' || second === undefined) return;
    this.#checkType(name, second, new Set(['S']));
    const type = this.#valueOf(second)?.S ?? 'S';
    if ((attributeTypes as readonly string[]).includes(type)) return;
    throw this.#error(
      `Invalid attribute type name found; type: ${type}, valid types: {${attributeTypes.join(',')}}`,
    );
  }

  /** The first is a path that comes once; a size is one of something that has one. */
  #checkOperands(operator: string, operands: readonly Operand[]): void {
    for (const operand of operands) {
      if (operand.type === 'size') this.#checkType('size', operand.of, sized);
    }
    const [first, ...others] = operands.map((operand) => this.#pathOf(operand));
    if (first === undefined || !others.includes(first)) return;
    throw this.#error(
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${first}`,
    );
  }

  #checkType(operator: string, operand: Operand, allowed: ReadonlySet<AttributeType>): void {
    const value = this.#valueOf(operand);
    if (value === undefined || allowed.has(typeOf(value))) return;
    throw this.#error(
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(value)}`,
    );
  }

  #pathOf(operand: Operand): string | undefined {
    if (operand.type !== 'path') return undefined;
    return textOf(resolvePath(operand.path, this.#bindings.names));
  }

  #valueOf(operand: Operand): AttributeValue | undefined {
    return operand.type === 'value' ? this.#bindings.values[operand.name] : undefined;
  }

  #badBounds(what: string, low: AttributeValue, high: AttributeValue) {
    const text = (value: AttributeValue) =>
      `AttributeValue: {${typeOf(value)}:${scalarOf(value) ?? ''}}`;
    const relation = what.startsWith('same')
      ? `${what} lower and upper bounds`
      : `${what} lower bound`;
    return this.#error(
      `The BETWEEN operator requires ${relation}; lower bound operand: ${text(low)}, upper bound operand: ${text(high)}`,
    );
  }

  #error(message: string) {
    return invalid(`Invalid ${this.#kind}: ${message}`);
  }
}
