import type { AttributeValue } from '../values/attribute-value.ts';

/** Names may be placeholders as `#name`, which the request explains; a number is a place in a list. */
export type Path = readonly (string | number)[];

export interface PathOperand {
  type: 'path';
  path: Path;
}

export interface ValueOperand {
  type: 'value';
  name: string;
}

export interface SizeOperand {
  type: 'size';
  of: PathOperand | ValueOperand;
}

export type Operand = PathOperand | ValueOperand | SizeOperand;

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type TestFunction =
  | 'attribute_exists'
  | 'attribute_not_exists'
  | 'attribute_type'
  | 'begins_with'
  | 'contains';

export type Condition =
  | { type: 'and' | 'or'; left: Condition; right: Condition }
  | { type: 'not'; inner: Condition }
  | { type: 'compare'; operator: Comparator; left: Operand; right: Operand }
  | { type: 'between'; operand: Operand; low: Operand; high: Operand }
  | { type: 'in'; operand: Operand; options: readonly Operand[] }
  | { type: 'test'; name: TestFunction; operands: readonly Operand[] };

export type UpdateOperand =
  | PathOperand
  | ValueOperand
  | { type: 'ifNotExists'; path: PathOperand; otherwise: UpdateOperand }
  | { type: 'listAppend'; first: UpdateOperand; second: UpdateOperand }
  | { type: 'sum'; operator: '+' | '-'; left: UpdateOperand; right: UpdateOperand };

export interface Update {
  set: readonly { path: Path; value: UpdateOperand }[];
  remove: readonly Path[];
  add: readonly { path: Path; value: ValueOperand }[];
  delete: readonly { path: Path; value: ValueOperand }[];
}

export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

/** An expression and all that it refers to. */
export interface Parsed<T> {
  kind: ExpressionKind;
  tree: T;
  /** The placeholders in it, of names and of values. */
  names: ReadonlySet<string>;
  values: ReadonlySet<string>;
}

/** What the placeholders of a request stand for. */
export interface Bindings {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}
