import type { DynamoDBRecord } from 'aws-lambda';
import type { InProcessService } from '../../../support/in-process/in-process-service.ts';
import { TableStream } from '../../../support/in-process/table-stream.ts';

/** A write as it is replicated: of one item, whole, with the time that decides between two of them. */
export interface ItemWrite {
  partition: string;
  item: string;
  keys: object;
  /** Undefined where the item was deleted. */
  image: object | undefined;
  at: number;
  region: string;
}

/** A table of a global table: it stamps its own writes, and takes those of others that are newer than its own. */
export class Replica {
  readonly region: string;
  readonly #tableName: string;
  readonly #database: InProcessService['database'];
  readonly #stream: TableStream;
  readonly #stamps = new Map<string, Pick<ItemWrite, 'at' | 'region'>>();

  constructor(
    region: string,
    tableName: string,
    { database, streamArn }: Pick<InProcessService, 'database' | 'streamArn'>,
  ) {
    this.region = region;
    this.#tableName = tableName;
    this.#database = database;
    this.#stream = new TableStream(database, streamArn);
  }

  /** What was written here, by the service of this region, since it was last asked. */
  ownWrites(at: number): ItemWrite[] {
    const writes = this.#stream.take().map((record) => writeOf(record, at, this.region));
    for (const write of writes) this.#stamps.set(write.item, write);
    return writes;
  }

  /** The last writer wins, by time, for each item. Answers whether this one was newer than what is here. */
  take(write: ItemWrite): boolean {
    const known = this.#stamps.get(write.item);
    if (known && isNewer(known, write)) return false;
    this.#stamps.set(write.item, write);
    if (write.image) this.#call('PutItem', { Item: write.image });
    else this.#call('DeleteItem', { Key: write.keys });
    // The stream of a replica has what was replicated, too; it is no write of this region.
    this.#stream.skip();
    return true;
  }

  #call(operation: string, input: object): void {
    const result = this.#database.call(operation, { TableName: this.#tableName, ...input });
    if ('error' in result) throw result.error;
  }
}

type Stamp = Pick<ItemWrite, 'at' | 'region'>;

const isNewer = (a: Stamp, b: Stamp): boolean =>
  a.at > b.at || (a.at === b.at && a.region > b.region);

function writeOf({ dynamodb }: DynamoDBRecord, at: number, region: string): ItemWrite {
  const keys = dynamodb?.Keys ?? {};
  return {
    ...{ keys, at, region, image: dynamodb?.NewImage },
    partition: keys.pk?.S ?? '',
    item: JSON.stringify([keys.pk?.S, keys.sk?.S]),
  };
}
