import { invalid, invalidValue } from '../errors.ts';
import type { Attributes, AttributeValue } from '../values/attribute-value.ts';
import { noAttributes, typeOf } from '../values/attribute-value.ts';
import { scalarOf } from '../values/compare.ts';
import { binarySize, utf8Size } from '../values/size.ts';

export type KeyType = 'S' | 'N' | 'B';

export interface KeyAttribute {
  name: string;
  type: KeyType;
}

/** The attributes that say where an item is, in a table or an index. */
export interface KeySchema {
  partition: KeyAttribute;
  sort?: KeyAttribute | undefined;
}

const maxPartitionBytes = 2048;
const maxSortBytes = 1024;

export const keyAttributes = ({ partition, sort }: KeySchema): KeyAttribute[] =>
  sort ? [partition, sort] : [partition];

/** The key of an item that has one. */
export function keyOf(item: Attributes, schema: KeySchema): Attributes {
  const key = noAttributes();
  for (const { name } of keyAttributes(schema)) {
    const value = item[name];
    if (value !== undefined) key[name] = value;
  }
  return key;
}

/** A key of a request: these attributes and no others. */
export function checkKey(key: Attributes, schema: KeySchema): Attributes {
  const attributes = keyAttributes(schema);
  if (Object.keys(key).length !== attributes.length) {
    throw invalid('The provided key element does not match the schema');
  }
  checkKeyOf(key, schema);
  return key;
}

/** Refuses an item that has not the key that its table asks for. */
export function checkKeyOf(item: Attributes, schema: KeySchema): void {
  for (const attribute of keyAttributes(schema)) {
    const { name, type } = attribute;
    const value = item[name];
    if (value === undefined) throw invalidValue(`Missing the key ${name} in the item`);
    if (typeOf(value) !== type) {
      throw invalidValue(
        `Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`,
      );
    }
    checkKeyValue(value, attribute, schema);
  }
}

export function checkKeyValue(
  value: AttributeValue,
  { name }: KeyAttribute,
  { partition }: KeySchema,
): void {
  if (value.S === '' || value.B === '') {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${typeOf(value) === 'S' ? 'string' : 'binary'} value. Key: ${name}`,
    );
  }
  const size = value.S !== undefined ? utf8Size(value.S) : binarySize(value.B ?? '');
  const isPartition = name === partition.name;
  if (size > (isPartition ? maxPartitionBytes : maxSortBytes)) {
    throw invalidValue(
      isPartition
        ? 'Size of hashkey has exceeded the maximum size limit of2048 bytes'
        : 'Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    );
  }
}

/** The attributes of an index key have their types and are not empty; a missing one is no fault. */
export function checkIndexKey(item: Attributes, index: string, schema: KeySchema): void {
  for (const { name, type } of keyAttributes(schema)) {
    const value = item[name];
    if (value === undefined) continue;
    if (typeOf(value) !== type) {
      throw invalidValue(
        `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index}`,
      );
    }
    if (scalarOf(value) === '') {
      throw invalid(
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${index}, IndexKey: ${name}`,
      );
    }
  }
}

export const partitionOf = (item: Attributes, { partition }: KeySchema): string =>
  scalarOf(item[partition.name] ?? {}) ?? '';

export const sortOf = (item: Attributes, { sort }: KeySchema): string =>
  sort ? (scalarOf(item[sort.name] ?? {}) ?? '') : '';

/** A name for an item's place among all of its table. */
export function placeOf(item: Attributes, schema: KeySchema): string {
  const partition = partitionOf(item, schema);
  return `${partition.length}:${partition}${sortOf(item, schema)}`;
}
