import {
  InvokeCommand,
  type LambdaClient,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda';
import { compileFilter } from '@seenby/local-cloud/streams/records/filter-pattern.ts';
import { type DeadLetter, functionOf } from './dead-letter.ts';

/** Lambda takes 6 MB at once; a little is for what is around the records. */
const maxPayloadBytes = 5_500_000;
const maxRecords = 1000;

/** Whether the function is called for a record: what its mapping of the stream says. */
export async function filterOf(
  client: LambdaClient,
  letter: DeadLetter,
): Promise<(record: unknown) => boolean> {
  const EventSourceArn = letter.DDBStreamBatchInfo.streamArn;
  for await (const page of paginateListEventSourceMappings({ client }, { EventSourceArn })) {
    for (const { FunctionArn = '', FilterCriteria } of page.EventSourceMappings ?? []) {
      const name = FunctionArn.split(':').slice(0, 7).join(':');
      const Filters = (FilterCriteria?.Filters ?? []).map(({ Pattern = '{}' }) => ({ Pattern }));
      if (name === functionOf(letter)) return compileFilter({ Filters });
    }
  }
  throw new Error(`${functionOf(letter)} has no mapping of ${EventSourceArn}.`);
}

/** Calls the function with the records, in order. @throws when it does not accept all of them. */
export async function handOver(
  client: LambdaClient,
  { requestContext: { functionArn } }: Pick<DeadLetter, 'requestContext'>,
  records: readonly object[],
): Promise<void> {
  for (const payload of payloadsOf(records)) {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: functionArn, Payload: payload }),
    );
    const answer = Buffer.from(Payload ?? '').toString();
    if (FunctionError) throw new Error(`The function failed: ${answer.slice(0, 500)}`);
    const { batchItemFailures } = (JSON.parse(answer || 'null') ?? {}) as {
      batchItemFailures?: unknown[];
    };
    if (batchItemFailures?.length) {
      throw new Error(`The function did not take ${batchItemFailures.length} records.`);
    }
  }
}

/** As many records to a payload as it holds. */
export function payloadsOf(records: readonly object[]): string[] {
  const payloads: string[] = [];
  let batch: string[] = [];
  let bytes = 0;
  for (const record of records) {
    const text = JSON.stringify(record);
    const size = Buffer.byteLength(text) + 1;
    if (batch.length === maxRecords || (batch.length > 0 && bytes + size > maxPayloadBytes)) {
      payloads.push(payloadOf(batch));
      [batch, bytes] = [[], 0];
    }
    batch.push(text);
    bytes += size;
  }
  if (batch.length > 0) payloads.push(payloadOf(batch));
  return payloads;
}

/** What a function cannot read of a replay it does not put into the queue once more. */
const payloadOf = (records: readonly string[]): string =>
  `{"isReplay":true,"Records":[${records.join()}]}`;
