import { invalid } from '../errors.ts';
import { isSet, typeOf } from '../values/attribute-value.ts';
import { checkOverlaps } from './paths.ts';
import type { Bindings, Parsed, Path, Update, UpdateOperand, ValueOperand } from './syntax.ts';

const namesInMessages = {
  ...{ S: 'STRING', N: 'NUMBER', B: 'BINARY', BOOL: 'BOOLEAN', NULL: 'NULL', M: 'MAP', L: 'LIST' },
  ...{ SS: 'STRING_SET', NS: 'NUMBER_SET', BS: 'BINARY_SET' },
};

/** All paths that an update changes. */
export const changedPaths = (update: Update): Path[] => [
  ...update.set.map(({ path }) => path),
  ...update.remove,
  ...[...update.add, ...update.delete].map(({ path }) => path),
];

/** Refuses what could be done to no item: DynamoDB does so before it reads one. */
export function checkUpdate({ tree: update }: Parsed<Update>, bindings: Bindings): void {
  for (const { value } of update.set) checkOperand(value, bindings);
  for (const { value } of update.add) {
    const type = typeIn(value, bindings);
    if (type !== 'N' && !isSet(type)) throw badSection('ADD', type);
  }
  for (const { value } of update.delete) {
    const type = typeIn(value, bindings);
    if (!isSet(type)) throw badSection('DELETE', type);
  }
  checkOverlaps('UpdateExpression', changedPaths(update), bindings.names);
}

function checkOperand(operand: UpdateOperand, bindings: Bindings): void {
  if (operand.type === 'ifNotExists') checkOperand(operand.otherwise, bindings);
  if (operand.type === 'listAppend') {
    for (const each of [operand.first, operand.second]) {
      checkOperand(each, bindings);
      checkType('list_append', each, 'L', bindings);
    }
  }
  if (operand.type === 'sum') {
    for (const each of [operand.left, operand.right]) {
      checkOperand(each, bindings);
      if (each.type === 'listAppend') {
        throw invalid(
          'Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: list_append',
        );
      }
      checkType(operand.operator, each, 'N', bindings);
    }
  }
}

function checkType(
  operator: string,
  operand: UpdateOperand,
  wanted: 'L' | 'N',
  bindings: Bindings,
): void {
  if (operand.type !== 'value' || typeIn(operand, bindings) === wanted) return;
  throw invalid(
    `Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeIn(operand, bindings)}`,
  );
}

const typeIn = ({ name }: ValueOperand, { values }: Bindings) => typeOf(values[name] ?? {});

const badSection = (section: string, type: keyof typeof namesInMessages) =>
  invalid(
    `Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ${section}, operand type: ${namesInMessages[type]}, typeSet: ALLOWED_FOR_${section}_OPERAND`,
  );
