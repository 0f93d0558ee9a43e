import { invalid, invalidValue, notFound } from '../errors.ts';
import type { Database } from '../operations/database.ts';
import { sequenceNumber, type TableStream } from './table-stream.ts';

interface OfStream {
  StreamArn?: string;
}

interface ListRequest {
  TableName?: string;
  Limit?: number;
  ExclusiveStartStreamArn?: string;
}

interface IteratorRequest extends OfStream {
  ShardId?: string;
  ShardIteratorType?: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER';
  SequenceNumber?: string;
}

const maxRecords = 1000;

export function listStreams(
  { streams }: Database,
  { TableName, Limit = 100, ExclusiveStartStreamArn: start = '' }: ListRequest,
) {
  const found = [...streams.values()]
    .map(({ parts }) => parts)
    .filter(({ tableName, arn }) => arn > start && (TableName ?? tableName) === tableName)
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const page = found.slice(0, Limit);
  return {
    Streams: page.map(({ arn, tableName, label }) => ({
      ...{ StreamArn: arn, TableName: tableName, StreamLabel: label },
    })),
    ...(found.length > Limit && { LastEvaluatedStreamArn: page.at(-1)?.arn }),
  };
}

export function describeStream(database: Database, request: OfStream) {
  const stream = streamOf(database, request);
  const { arn, label, viewType, tableName, keySchema } = stream.parts;
  const range = {
    StartingSequenceNumber: sequenceNumber(0),
    ...(stream.isClosed && { EndingSequenceNumber: sequenceNumber(stream.records.length) }),
  };
  return {
    StreamDescription: {
      ...{ StreamArn: arn, StreamLabel: label, StreamViewType: viewType, TableName: tableName },
      StreamStatus: stream.isClosed ? 'DISABLED' : 'ENABLED',
      CreationRequestDateTime: stream.createdAtMs / 1000,
      KeySchema: keySchema,
      Shards: [{ ShardId: stream.shardId, SequenceNumberRange: range }],
    },
  };
}

export function getShardIterator(database: Database, request: IteratorRequest) {
  const stream = streamOf(database, request);
  if (request.ShardId !== stream.shardId) {
    throw notFound('Requested resource not found: Shard does not exist');
  }
  return { ShardIterator: iteratorAt(stream, placeOf(stream, request)) };
}

function placeOf(stream: TableStream, request: IteratorRequest): number {
  switch (request.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return stream.records.length;
    case 'AT_SEQUENCE_NUMBER':
      return placeOfNumber(request.SequenceNumber);
    case 'AFTER_SEQUENCE_NUMBER':
      return placeOfNumber(request.SequenceNumber) + 1;
    default:
      throw invalid('Invalid ShardIteratorType');
  }
}

function placeOfNumber(number: string | undefined): number {
  if (number === undefined || !/^\d{21,40}$/.test(number) || Number(number) < 1) {
    throw invalidValue('Invalid SequenceNumber');
  }
  return Number(number) - 1;
}

export function getRecords(
  { streams }: Database,
  { ShardIterator = '', Limit = maxRecords }: { ShardIterator?: string; Limit?: number },
) {
  const [arn = '', place = ''] = ShardIterator.split('|');
  const stream = streams.get(arn);
  if (stream === undefined || !/^\d+$/.test(place)) throw invalid('Invalid ShardIterator');
  if (Limit < 1 || Limit > maxRecords) throw invalid(`Limit must be from 1 to ${maxRecords}`);
  const from = Number(place);
  const Records = stream.records.slice(from, from + Limit);
  const next = from + Records.length;
  // A shard that is over has no iterator behind its last record.
  const isEnd = stream.isClosed && next >= stream.records.length;
  return { Records, ...(!isEnd && { NextShardIterator: iteratorAt(stream, next) }) };
}

const iteratorAt = ({ parts }: TableStream, place: number): string => `${parts.arn}|${place}`;

function streamOf({ streams }: Database, { StreamArn = '' }: OfStream): TableStream {
  const stream = streams.get(StreamArn);
  if (stream) return stream;
  throw notFound(`Requested resource not found: Stream: ${StreamArn} not found`);
}
