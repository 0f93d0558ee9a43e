import type { Random } from './random.ts';
import { attributeNames, RandomExpressions } from './random-expressions.ts';
import { randomNumber, randomText, randomValue, usualValue, type Wire } from './random-values.ts';
import { type ContractTable, type SortKey, sortKeys } from './tables.ts';

export interface Call {
  operation: string;
  input: Wire;
}

/** Operations on the items of some partitions that nobody else uses. */
export class RandomCalls {
  readonly #random: Random;
  readonly #TableName: string;
  readonly #prefix: string;
  readonly #sort: SortKey;

  constructor(random: Random, { name, sort }: ContractTable, prefix: string) {
    this.#random = random;
    this.#TableName = name;
    this.#sort = sortKeys[sort];
    this.#prefix = prefix;
  }

  next(): Call {
    const random = this.#random;
    return random.pick<() => Call>([
      ...([this.#put, this.#put, this.#update, this.#update, this.#update] as const),
      ...([this.#delete, this.#get, this.#query, this.#query, this.#queryIndex] as const),
      ...([this.#batchGet, this.#batchWrite, this.#transactWrite, this.#transactGet] as const),
    ])();
  }

  #key(): Wire {
    const random = this.#random;
    const key = {
      pk: { S: `${this.#prefix}-${random.below(2)}` },
      sk: random.pick(this.#sort.stored),
    };
    if (random.chance(0.01)) return random.pick([{ pk: key.pk }, { ...key, n: { N: '1' } }]);
    return random.chance(0.01) ? { ...key, sk: random.pick(this.#sort.refused) } : key;
  }

  #item(): Wire {
    const random = this.#random;
    const attributes = random.times(0, 4, () => {
      const name = random.pick(attributeNames);
      return [name, random.chance(0.8) ? usualValue(random, name) : randomValue(random)];
    });
    return {
      // Both or none: DynamoDB Local charges for an index that an item with one of them is not in.
      ...(random.chance(0.5) && {
        g: { S: `${this.#prefix}-${random.below(2)}` },
        h: randomNumber(random),
      }),
      ...(random.chance(0.01) && { h: { S: randomText(random) } }),
      ...Object.fromEntries(attributes),
      ...this.#key(),
    };
  }

  #put = (): Call => {
    const Item = this.#item();
    return { operation: 'PutItem', input: { ...this.#write('PutItem'), Item } };
  };

  #delete = (): Call => {
    const Key = this.#key();
    return { operation: 'DeleteItem', input: { ...this.#write('DeleteItem'), Key } };
  };

  #update = (): Call => {
    const Key = this.#key();
    return { operation: 'UpdateItem', input: { ...this.#write('UpdateItem'), Key } };
  };

  /** What writes have in common. */
  #write(operation: string, inTransaction = false): Wire {
    const random = this.#random;
    const expressions = new RandomExpressions(random);
    const values = ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'] as const;
    const ReturnValues =
      operation === 'UpdateItem' ? random.pick(values) : random.pick(['NONE', 'ALL_OLD']);
    return {
      TableName: this.#TableName,
      ...(operation === 'UpdateItem' && { UpdateExpression: expressions.update() }),
      ...(random.chance(0.4) && { ConditionExpression: expressions.condition() }),
      ...expressions.placeholders(),
      ...(random.chance(0.5) && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
      ...(!inTransaction && { ReturnConsumedCapacity: 'INDEXES', ReturnValues }),
    };
  }

  /** What reads have in common. */
  #read(expressions: RandomExpressions): Wire {
    return {
      ...(this.#random.chance(0.3) && { ProjectionExpression: expressions.projection() }),
      ...(this.#random.chance(0.5) && { ConsistentRead: true }),
    };
  }

  #get = (): Call => {
    const expressions = new RandomExpressions(this.#random);
    const read = this.#read(expressions);
    const placeholders = expressions.placeholders();
    const { ExpressionAttributeValues: _, ...names } = placeholders;
    const common = { TableName: this.#TableName, ReturnConsumedCapacity: 'INDEXES' };
    return { operation: 'GetItem', input: { ...common, Key: this.#key(), ...read, ...names } };
  };

  #query = (): Call => {
    const random = this.#random;
    const expressions = new RandomExpressions(random);
    const pk = expressions.value({ S: `${this.#prefix}-${random.below(2)}` });
    const bound = () => expressions.value(random.pick(this.#sort.bounds(random)));
    const sort = random.pick([
      () => '',
      () => ` AND sk ${random.pick(['=', '<', '<=', '>', '>='])} ${bound()}`,
      () => ` AND sk BETWEEN ${bound()} AND ${bound()}`,
      ...(this.#sort.hasPrefixes ? [() => ` AND begins_with(sk, ${bound()})`] : []),
    ])();
    return {
      operation: 'Query',
      input: {
        ...{ TableName: this.#TableName, ReturnConsumedCapacity: 'INDEXES' },
        KeyConditionExpression: `pk = ${pk}${sort}`,
        ...this.#page(expressions),
        // DynamoDB Local takes no key to start behind that is the last of a range.
        ...(!/BETWEEN|begins_with|[<>]=/.test(sort) && {
          ...(random.chance(0.4) && { Limit: 1 + random.below(4) }),
          ...(random.chance(0.3) && { ExclusiveStartKey: this.#key() }),
        }),
      },
    };
  };

  #queryIndex = (): Call => {
    const random = this.#random;
    const expressions = new RandomExpressions(random);
    const g = expressions.value({ S: `${this.#prefix}-${random.below(2)}` });
    const sort = random.chance(0.5) ? ` AND h > ${expressions.value(randomNumber(random))}` : '';
    return {
      operation: 'Query',
      input: {
        ...{ TableName: this.#TableName, IndexName: 'byG', ReturnConsumedCapacity: 'INDEXES' },
        ...{ KeyConditionExpression: `g = ${g}${sort}`, ...expressions.placeholders() },
        ScanIndexForward: random.chance(0.5),
      },
    };
  };

  #page(expressions: RandomExpressions): Wire {
    const random = this.#random;
    return {
      ...this.#read(expressions),
      ...(random.chance(0.3) && { FilterExpression: expressions.condition() }),
      ...expressions.placeholders(),
      ...(random.chance(0.3) && { ScanIndexForward: false }),
    };
  }

  #batchGet = (): Call => {
    const Keys = this.#random.times(1, 4, () => this.#key());
    const expressions = new RandomExpressions(this.#random);
    const read = this.#read(expressions);
    const { ExpressionAttributeValues: _, ...names } = expressions.placeholders();
    return {
      operation: 'BatchGetItem',
      input: { RequestItems: { [this.#TableName]: { Keys, ...read, ...names } } },
    };
  };

  #batchWrite = (): Call => {
    const writes = this.#random.times(1, 3, () =>
      this.#random.chance(0.5)
        ? { PutRequest: { Item: this.#item() } }
        : { DeleteRequest: { Key: this.#key() } },
    );
    return {
      operation: 'BatchWriteItem',
      input: { RequestItems: { [this.#TableName]: writes } },
    };
  };

  #transactWrite = (): Call => {
    const random = this.#random;
    const TransactItems = random.times(1, 3, () =>
      random.pick<() => Wire>([
        () => ({ Put: { ...this.#write('PutItem', true), Item: this.#item() } }),
        () => ({ Update: { ...this.#write('UpdateItem', true), Key: this.#key() } }),
        () => ({ Delete: { ...this.#write('DeleteItem', true), Key: this.#key() } }),
        () => ({ ConditionCheck: this.#check() }),
      ])(),
    );
    return {
      operation: 'TransactWriteItems',
      input: { TransactItems: ofDistinctItems(TransactItems) },
    };
  };

  /** A condition on an item that the transaction does not write. */
  #check(): Wire {
    const expressions = new RandomExpressions(this.#random);
    return {
      ...{ TableName: this.#TableName, Key: this.#key() },
      ConditionExpression: expressions.condition(),
      ...expressions.placeholders(),
      ...(this.#random.chance(0.5) && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    };
  }

  #transactGet = (): Call => {
    const TransactItems = this.#random.times(1, 3, () => ({
      Get: { TableName: this.#TableName, Key: this.#key() },
    }));
    return { operation: 'TransactGetItems', input: { TransactItems } };
  };
}

/** What AWS refuses at once DynamoDB Local refuses only when all conditions hold. */
const ofDistinctItems = (writes: readonly Wire[]): Wire[] => [
  ...new Map(
    writes.map((write) => {
      const { Item, Key } = Object.values(write)[0] as { Item?: Wire; Key?: Wire };
      const { pk, sk } = { ...Item, ...Key } as Wire;
      return [JSON.stringify([pk, sk]), write];
    }),
  ).values(),
];
