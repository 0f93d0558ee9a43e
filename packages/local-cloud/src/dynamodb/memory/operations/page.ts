import { invalid } from '../errors.ts';
import { meets } from '../expressions/evaluate-condition.ts';
import { topLevelName } from '../expressions/paths.ts';
import { project } from '../expressions/project.ts';
import { type Placeholders, RequestExpressions } from '../expressions/request-expressions.ts';
import type { Condition, Path } from '../expressions/syntax.ts';
import { keyAttributes, keyOf } from '../tables/schema.ts';
import type { SecondaryIndex } from '../tables/secondary-index.ts';
import type { Entry, SortedItems } from '../tables/sorted-items.ts';
import type { Table } from '../tables/table.ts';
import { readUnits } from '../tables/units.ts';
import type { Attributes } from '../values/attribute-value.ts';
import { normalizeItem } from '../values/normalize.ts';
import { consumed, type ReturnConsumedCapacity } from './capacity.ts';
import { type Database, tableOf } from './database.ts';

/** What Query and Scan have in common. */
export interface PageRequest extends Placeholders {
  TableName?: string;
  IndexName?: string;
  Limit?: number;
  ExclusiveStartKey?: unknown;
  ConsistentRead?: boolean;
  FilterExpression?: string;
  ProjectionExpression?: string;
  Select?: 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';
  ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

/** A page ends with the item that makes it this large. */
const maxPageBytes = 1024 * 1024;

/** The reading of one page: of what, and what is answered of it. */
export class Page {
  readonly table: Table;
  readonly index: SecondaryIndex | undefined;
  readonly source: SortedItems;
  readonly expressions: RequestExpressions;
  readonly start: Attributes | undefined;
  readonly #request: PageRequest;
  readonly #filter: Condition | undefined;
  readonly #paths: readonly Path[] | undefined;

  constructor(database: Database, request: PageRequest) {
    this.#request = request;
    this.table = tableOf(database, request.TableName);
    this.index = request.IndexName === undefined ? undefined : this.table.index(request.IndexName);
    this.source = this.index?.items ?? this.table.items;
    if (this.index && request.ConsistentRead) {
      throw invalid('Consistent reads are not supported on global secondary indexes');
    }
    if (request.Limit !== undefined && request.Limit < 1) {
      throw invalid('Limit must be greater than or equal to 1');
    }
    this.expressions = new RequestExpressions(request);
    this.#filter = this.expressions.condition('FilterExpression', request.FilterExpression);
    this.#paths = this.expressions.projection(request.ProjectionExpression);
    this.#checkSelect();
    this.start = this.#startKey();
  }

  /** All attributes that say where an entry is: for an index those of the table too. */
  keyOf(item: Attributes): Attributes {
    return Object.assign(keyOf(item, this.source.schema), keyOf(item, this.table.key));
  }

  /** Reads until the limit, the size of a page or the end. */
  read(entries: Iterable<Entry>) {
    const { names } = this.expressions.bindings();
    const bindings = this.expressions.bindings();
    const { Limit = Number.POSITIVE_INFINITY, Select } = this.#request;
    const items: Attributes[] = [];
    let last: Attributes | undefined;
    const read = { count: 0, bytes: 0, last: undefined as Attributes | undefined };
    for (const { item, size } of entries) {
      if (read.bytes >= maxPageBytes) {
        read.last = last;
        break;
      }
      last = item;
      read.count++;
      read.bytes += size;
      if (!this.#filter || meets(item, this.#filter, bindings)) {
        items.push(this.#paths ? project(item, this.#paths, names) : item);
      }
      if (read.count < Limit) continue;
      read.last = item;
      break;
    }
    return {
      ...(Select !== 'COUNT' && { Items: items }),
      ...{ Count: items.length, ScannedCount: read.count },
      ...(read.last && { LastEvaluatedKey: this.keyOf(read.last) }),
      ...this.#consumed(read.bytes),
    };
  }

  #consumed(bytes: number) {
    const read = readUnits(bytes, this.#request.ConsistentRead === true);
    const units = this.index
      ? { table: 0, indexes: { [this.index.name]: read } }
      : { table: read, indexes: {} };
    this.table.charge('read', units);
    const ConsumedCapacity = consumed(this.#request, this.table.name, units);
    return ConsumedCapacity && { ConsumedCapacity };
  }

  #startKey(): Attributes | undefined {
    if (this.#request.ExclusiveStartKey == null) return undefined;
    const key = normalizeItem(this.#request.ExclusiveStartKey);
    const attributes = [...keyAttributes(this.source.schema), ...keyAttributes(this.table.key)];
    const hasAll = attributes.every(({ name, type }) => key[name]?.[type] !== undefined);
    if (!hasAll || Object.keys(key).length > new Set(attributes.map(({ name }) => name)).size) {
      throw invalid('The provided starting key is invalid');
    }
    return key;
  }

  #checkSelect(): void {
    const { Select } = this.#request;
    const { index } = this;
    if (Select === 'SPECIFIC_ATTRIBUTES' && !this.#paths) {
      throw invalid(
        'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
      );
    }
    if (this.#paths && Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES') {
      throw invalid(`Cannot specify the ProjectionExpression when choosing to get ${Select}`);
    }
    if (!index) return;
    if (Select === 'ALL_ATTRIBUTES' && index.projection.ProjectionType !== 'ALL') {
      throw invalid(
        `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
      );
    }
    const { ExpressionAttributeNames: names = {} } = this.#request;
    const missing = (this.#paths ?? [])
      .map((path) => topLevelName(path, names))
      .filter((name) => !index.projects(name));
    if (missing.length === 0) return;
    throw invalid(
      `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${missing.join(', ')}]`,
    );
  }
}
