import type { Random } from './random.ts';
import { randomNumber, randomText, type Wire } from './random-values.ts';

/** A table of the contract; its sort key is a number or text. */
export interface ContractTable {
  name: string;
  sort: 'N' | 'S';
}

export interface SortKey {
  /** Those that items have. */
  stored: readonly [Wire, ...Wire[]];
  /** Those that no table of this kind takes. */
  refused: readonly [Wire, ...Wire[]];
  /** What a query compares with. */
  bounds(random: Random): readonly [Wire, ...Wire[]];
  hasPrefixes: boolean;
}

export const sortKeys: Record<ContractTable['sort'], SortKey> = {
  N: {
    stored: [{ N: '1' }, { N: '2' }, { N: '10' }, { N: '-1' }],
    refused: [{ S: 'a' }],
    bounds: (random) => [randomNumber(random)],
    hasPrefixes: false,
  },
  S: {
    // The last two have another order in UTF-8 than in UTF-16.
    stored: [{ S: 'U#a' }, { S: 'U#ab' }, { S: '010' }, { S: 'U#\u{1f600}' }, { S: 'U#\uffee' }],
    refused: [{ N: '1' }, { S: '' }, { S: 'x'.repeat(1025) }],
    bounds: (random) => [{ S: 'U#' }, { S: 'U#ab' }, { S: '1' }, { S: randomText(random) }],
    hasPrefixes: true,
  },
};

const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });

/** What makes a table of the contract: with an index, and with `more` that a test needs. */
export const definitionOf = ({ name, sort }: ContractTable, more: Wire = {}): Wire => ({
  TableName: name,
  AttributeDefinitions: ['pk:S', `sk:${sort}`, 'g:S', 'h:N'].map((text) => {
    const [AttributeName, AttributeType] = text.split(':');
    return { AttributeName, AttributeType };
  }),
  KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
  BillingMode: 'PAY_PER_REQUEST',
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byG',
      KeySchema: [key('g', 'HASH'), key('h', 'RANGE')],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['n'] },
    },
  ],
  ...more,
});
