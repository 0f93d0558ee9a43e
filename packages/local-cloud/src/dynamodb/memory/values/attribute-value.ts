/** A value as requests carry it, checked: one member, numbers and sets in their one form, binaries in Base64. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  readonly M?: Attributes;
  readonly L?: readonly AttributeValue[];
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
}

/** An item or a map. Never changed once it is stored, so that answers and stream records may hold it. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

export type AttributeType = keyof AttributeValue;

export const attributeTypes: readonly AttributeType[] = [
  ...(['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'] as const),
];

export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  return 'NULL';
}

/** Its objects inherit nothing. V8 reads them several times as fast as those of `Object.create(null)`. */
function Bare() {}
Bare.prototype = Object.create(null);

/** An empty object: attributes may be called `constructor` or `__proto__`. */
export const noAttributes = (): Record<string, AttributeValue> =>
  new (Bare as unknown as new () => Record<string, AttributeValue>)();

export const copyOf = (attributes: Attributes | undefined): Record<string, AttributeValue> =>
  Object.assign(noAttributes(), attributes);

export const isSet = (type: AttributeType): type is 'SS' | 'NS' | 'BS' =>
  type === 'SS' || type === 'NS' || type === 'BS';

export const setOf = (value: AttributeValue): readonly string[] =>
  value.SS ?? value.NS ?? value.BS ?? [];
