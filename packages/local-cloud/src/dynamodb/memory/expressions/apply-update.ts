import { invalid } from '../errors.ts';
import {
  type Attributes,
  type AttributeValue,
  copyOf,
  isSet,
  setOf,
  typeOf,
} from '../values/attribute-value.ts';
import { comparatorOf } from '../values/compare.ts';
import { addNumbers, negateNumber } from '../values/numbers.ts';
import { valueAt } from './paths.ts';
import { removeAt, setAt } from './place-values.ts';
import type { Bindings, Path, Update, UpdateOperand } from './syntax.ts';

/** A copy of the item with all changes. Every operand is what the item held before any of them. */
export function applyUpdate(item: Attributes, update: Update, bindings: Bindings): Attributes {
  const { names, values } = bindings;
  const assigned = update.set.map(({ path, value }) => ({
    path,
    value: operandValue(item, value, bindings),
  }));
  const changed = copyOf(item);
  setAt(changed, assigned, names);
  for (const { path, value } of update.add) {
    const sum = added(valueAt(item, path, names), values[value.name] ?? {});
    setAt(changed, [{ path, value: sum }], names);
  }
  const removed: Path[] = [...update.remove];
  for (const { path, value } of update.delete) {
    const current = valueAt(item, path, names);
    const rest = current && withoutElements(current, values[value.name] ?? {});
    if (rest === undefined) removed.push(path);
    else setAt(changed, [{ path, value: rest }], names);
  }
  removeAt(changed, removed, names);
  return changed;
}

function operandValue(
  item: Attributes,
  operand: UpdateOperand,
  bindings: Bindings,
): AttributeValue {
  switch (operand.type) {
    case 'path': {
      const value = valueAt(item, operand.path, bindings.names);
      if (value !== undefined) return value;
      throw invalid(
        'The provided expression refers to an attribute that does not exist in the item',
      );
    }
    case 'value':
      return bindings.values[operand.name] ?? {};
    case 'ifNotExists':
      return (
        valueAt(item, operand.path.path, bindings.names) ??
        operandValue(item, operand.otherwise, bindings)
      );
    case 'listAppend': {
      const [{ L: first }, { L: second }] = [
        operandValue(item, operand.first, bindings),
        operandValue(item, operand.second, bindings),
      ];
      if (!first || !second) throw wrongType();
      return { L: [...first, ...second] };
    }
    case 'sum': {
      const { N: left } = operandValue(item, operand.left, bindings);
      const { N: right } = operandValue(item, operand.right, bindings);
      if (left === undefined || right === undefined) throw wrongType();
      return { N: addNumbers(left, operand.operator === '+' ? right : negateNumber(right)) };
    }
  }
}

function added(current: AttributeValue | undefined, more: AttributeValue): AttributeValue {
  if (current === undefined) return more;
  const type = typeOf(more);
  if (typeOf(current) !== type) throw wrongType();
  if (!isSet(type)) return { N: addNumbers(current.N ?? '0', more.N ?? '0') };
  const union = new Set([...setOf(current), ...setOf(more)]);
  return { [type]: [...union].sort(comparatorOf(elementType(type))) };
}

/** Undefined if nothing is left: there are no empty sets. */
function withoutElements(
  current: AttributeValue,
  less: AttributeValue,
): AttributeValue | undefined {
  const type = typeOf(less);
  if (typeOf(current) !== type) throw wrongType();
  const gone = new Set(setOf(less));
  const rest = setOf(current).filter((element) => !gone.has(element));
  return rest.length === 0 ? undefined : { [type]: rest };
}

const elementType = (type: 'SS' | 'NS' | 'BS') => {
  if (type === 'SS') return 'S';
  return type === 'NS' ? 'N' : 'B';
};

const wrongType = () => invalid('An operand in the update expression has an incorrect data type');
