import { invalid, invalidValue } from '../errors.ts';
import { beginsWith } from '../expressions/evaluate-condition.ts';
import { topLevelName } from '../expressions/paths.ts';
import type { Bindings, Comparator, Condition, Operand } from '../expressions/syntax.ts';
import { checkKeyValue, type KeyAttribute, type KeySchema } from '../tables/schema.ts';
import { type AttributeValue, typeOf } from '../values/attribute-value.ts';
import { scalarOf } from '../values/compare.ts';

/** What a Query asks of the sort key. */
export type SortCondition =
  | { operator: '=' | '<' | '<=' | '>' | '>='; value: string }
  | { operator: 'between'; low: string; high: string }
  | { operator: 'beginsWith'; start: AttributeValue };

export interface KeyCondition {
  partition: string;
  sort?: SortCondition;
}

/** A condition on one attribute of the key: `attribute operator values`. */
interface Part {
  name: string;
  operator: Comparator | 'between' | 'beginsWith';
  values: AttributeValue[];
}

const mirrored: Partial<Record<Comparator, Comparator>> = {
  ...{ '<': '>', '<=': '>=', '>': '<', '>=': '<=' },
};

/** Reads a parsed KeyConditionExpression: the partition key equals a value, the sort key is in a range. */
export function readKeyCondition(
  condition: Condition,
  schema: KeySchema,
  bindings: Bindings,
): KeyCondition {
  const parts = partsOf(condition, bindings);
  if (new Set(parts.map(({ name }) => name)).size < parts.length) {
    throw invalid('KeyConditionExpressions must only contain one condition per key');
  }
  const { partition, sort } = schema;
  const onPartition = parts.find(({ name }) => name === partition.name);
  const onSort = sort && parts.find(({ name }) => name === sort.name);
  if (!onPartition || parts.length > 2 || (parts.length === 2 && !onSort)) {
    throw invalid(
      `Query condition missed key schema element: ${onPartition ? (sort?.name ?? '') : partition.name}`,
    );
  }
  if (onPartition.operator !== '=') throw invalid('Query key condition not supported');
  return {
    partition: checkedScalar(onPartition.values[0], partition, schema),
    ...(sort && onSort && { sort: sortConditionOf(onSort, sort, schema) }),
  };
}

function partsOf(condition: Condition, bindings: Bindings): Part[] {
  switch (condition.type) {
    case 'and':
      return [...partsOf(condition.left, bindings), ...partsOf(condition.right, bindings)];
    case 'compare': {
      const { operator, left, right } = condition;
      if (operator === '<>') throw notAllowed(operator);
      return left.type === 'path'
        ? [partOf(left, operator, [right], bindings)]
        : [partOf(right, mirrored[operator] ?? operator, [left], bindings)];
    }
    case 'between':
      return [partOf(condition.operand, 'between', [condition.low, condition.high], bindings)];
    case 'test': {
      const [operand, ...others] = condition.operands;
      if (condition.name !== 'begins_with' || !operand) throw notAllowed(condition.name);
      return [partOf(operand, 'beginsWith', others, bindings)];
    }
    default:
      throw notAllowed(condition.type.toUpperCase());
  }
}

function partOf(
  operand: Operand,
  operator: Part['operator'],
  operands: readonly Operand[],
  bindings: Bindings,
): Part {
  if (operand.type !== 'path') {
    throw invalid(
      'Invalid condition in KeyConditionExpression: no attribute is compared with a value',
    );
  }
  if (operand.path.length > 1) {
    throw invalid('KeyConditionExpressions cannot have conditions on nested attributes');
  }
  const values = operands.map((each) => {
    const value = each.type === 'value' ? bindings.values[each.name] : undefined;
    if (value !== undefined) return value;
    throw invalid(
      'Invalid condition in KeyConditionExpression: an attribute is compared with no value',
    );
  });
  return { name: topLevelName(operand.path, bindings.names), operator, values };
}

function sortConditionOf(
  { operator, values }: Part,
  attribute: KeyAttribute,
  schema: KeySchema,
): SortCondition {
  const [first, second] = values;
  const value = checkedScalar(first, attribute, schema);
  if (operator === 'between') {
    return { operator, low: value, high: checkedScalar(second, attribute, schema) };
  }
  if (operator === 'beginsWith') return { operator, start: first ?? {} };
  if (operator === '<>') throw notAllowed(operator);
  return { operator, value };
}

function checkedScalar(
  value: AttributeValue | undefined,
  attribute: KeyAttribute,
  schema: KeySchema,
): string {
  if (value === undefined || typeOf(value) !== attribute.type) {
    throw invalidValue('Condition parameter type does not match schema type');
  }
  checkKeyValue(value, attribute, schema);
  return scalarOf(value) ?? '';
}

/** Whether a sort key is in the range; `compare` orders those of its type. */
export function isInRange(
  sort: string,
  type: KeyAttribute['type'],
  condition: SortCondition,
  compare: (a: string, b: string) => number,
): boolean {
  if (condition.operator === 'beginsWith') return beginsWith({ [type]: sort }, condition.start);
  const { low, high } = boundsOf(condition);
  const fromLow = low === undefined ? 1 : compare(sort, low.value);
  const toHigh = high === undefined ? -1 : compare(sort, high.value);
  return (
    (fromLow > 0 || (fromLow === 0 && low?.inclusive === true)) &&
    (toHigh < 0 || (toHigh === 0 && high?.inclusive === true))
  );
}

interface Bound {
  value: string;
  inclusive: boolean;
}

/** The ends of the range, as far as it has any. Keys with a common start begin at that. */
export function boundsOf(condition: SortCondition): { low?: Bound; high?: Bound } {
  switch (condition.operator) {
    case 'between':
      return {
        low: { value: condition.low, inclusive: true },
        high: { value: condition.high, inclusive: true },
      };
    case 'beginsWith':
      return { low: { value: scalarOf(condition.start) ?? '', inclusive: true } };
    case '=': {
      const bound = { value: condition.value, inclusive: true };
      return { low: bound, high: bound };
    }
    case '>':
    case '>=':
      return { low: { value: condition.value, inclusive: condition.operator === '>=' } };
    default:
      return { high: { value: condition.value, inclusive: condition.operator === '<=' } };
  }
}

const notAllowed = (operator: string) =>
  invalid(`Invalid operator used in KeyConditionExpression: ${operator}`);
