import { type Attributes, type AttributeValue, setOf, typeOf } from '../values/attribute-value.ts';
import { comparatorOf, equalValues, scalarOf } from '../values/compare.ts';
import { binarySize, utf8Size } from '../values/size.ts';
import { valueAt } from './paths.ts';
import type { Bindings, Comparator, Condition, Operand, TestFunction } from './syntax.ts';

/** Whether an item meets a condition; one that is not there has no attributes. */
export function meets(item: Attributes, condition: Condition, bindings: Bindings): boolean {
  switch (condition.type) {
    case 'and':
      return meets(item, condition.left, bindings) && meets(item, condition.right, bindings);
    case 'or':
      return meets(item, condition.left, bindings) || meets(item, condition.right, bindings);
    case 'not':
      return !meets(item, condition.inner, bindings);
  }
  const read = (operand: Operand) => operandValue(item, operand, bindings);
  switch (condition.type) {
    case 'compare':
      return compares(read(condition.left), condition.operator, read(condition.right));
    case 'between': {
      const value = read(condition.operand);
      return (
        compares(value, '>=', read(condition.low)) && compares(value, '<=', read(condition.high))
      );
    }
    case 'in': {
      const value = read(condition.operand);
      return condition.options.some((option) => compares(value, '=', read(option)));
    }
    case 'test':
      return test(condition, read);
  }
}

function operandValue(
  item: Attributes,
  operand: Operand,
  bindings: Bindings,
): AttributeValue | undefined {
  if (operand.type === 'path') return valueAt(item, operand.path, bindings.names);
  if (operand.type === 'value') return bindings.values[operand.name];
  const value = operandValue(item, operand.of, bindings);
  const size = value && sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

/** What the function `size` answers: nothing for numbers, Booleans and nulls. */
function sizeOf(value: AttributeValue): number | undefined {
  if (value.S !== undefined) return utf8Size(value.S);
  if (value.B !== undefined) return binarySize(value.B);
  if (value.M) return Object.keys(value.M).length;
  return (value.L ?? value.SS ?? value.NS ?? value.BS)?.length;
}

/** What is not there is unequal to everything, and neither less nor greater than anything. */
function compares(
  left: AttributeValue | undefined,
  operator: Comparator,
  right: AttributeValue | undefined,
): boolean {
  if (operator === '=')
    return left !== undefined && right !== undefined && equalValues(left, right);
  if (operator === '<>') return !compares(left, '=', right);
  if (left === undefined || right === undefined || typeOf(left) !== typeOf(right)) return false;
  const [one, other] = [scalarOf(left), scalarOf(right)];
  if (one === undefined || other === undefined) return false;
  const order = comparatorOf(typeOf(left))(one, other);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

type Value = AttributeValue | undefined;

function test(
  { name, operands: [first, second] }: Condition & { type: 'test' },
  read: (operand: Operand) => Value,
): boolean {
  return tests[name](first && read(first), second && read(second));
}

const tests: Record<TestFunction, (value: Value, other: Value) => boolean> = {
  attribute_exists: (value: Value) => value !== undefined,
  attribute_not_exists: (value: Value) => value === undefined,
  attribute_type: (value: Value, type: Value) => value !== undefined && typeOf(value) === type?.S,
  begins_with: (value: Value, start: Value) => value !== undefined && beginsWith(value, start),
  contains: (value: Value, part: Value) =>
    value !== undefined && part !== undefined && contains(value, part),
};

export function beginsWith(value: AttributeValue, start: AttributeValue | undefined): boolean {
  if (value.S !== undefined) return start?.S !== undefined && value.S.startsWith(start.S);
  if (value.B === undefined || start?.B === undefined) return false;
  const bytes = Buffer.from(start.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, bytes.length).equals(bytes);
}

/** A part of a text or of bytes, or an element of a set or a list. */
function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.S !== undefined) return part.S !== undefined && value.S.includes(part.S);
  if (value.B !== undefined) {
    return part.B !== undefined && Buffer.from(value.B, 'base64').includes(part.B, 0, 'base64');
  }
  if (value.L) return value.L.some((element) => equalValues(element, part));
  const scalar = scalarOf(part);
  return (
    scalar !== undefined && typeOf(value) === `${typeOf(part)}S` && setOf(value).includes(scalar)
  );
}
