import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import type { CountRange, Message, ReceiptPage } from '@seenby/protocol/entities.ts';
import type { CountsAnswer, MessagePage } from '@seenby/protocol/http-answers.ts';
import { readHistory } from '../../../functions/messages/read-history.ts';
import { createService } from '../../../functions/service/service.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import { callRoute } from '../../support/wire/http.ts';

/** A group as the HTTP API answers for it. */
export interface GroupAddress {
  httpUrl: string;
  token: string;
  groupId: string;
}

/** The whole history, page by page. */
export async function fetchHistory({
  httpUrl,
  token,
  groupId,
}: GroupAddress): Promise<MessagePage> {
  const messages: Message[] = [];
  for (;;) {
    const after = messages.at(-1)?.seq ?? 0;
    const url = `${httpUrl}/groups/${groupId}/messages?after=${after}&limit=100`;
    const page = await callRoute<MessagePage>(url, token);
    if (page.messages.length === 0) return { messages, lastSeq: page.lastSeq };
    messages.push(...page.messages);
  }
}

export async function fetchCounts(
  { httpUrl, token, groupId }: GroupAddress,
  lastSeq: number,
): Promise<CountRange[]> {
  const url = `${httpUrl}/groups/${groupId}/receipts?from=1&to=${lastSeq}`;
  return (await callRoute<CountsAnswer>(url, token)).counts;
}

export const fetchList = (
  { httpUrl, token, groupId }: GroupAddress,
  seq: number,
): Promise<ReceiptPage> =>
  callRoute(`${httpUrl}/groups/${groupId}/messages/${seq}/receipts?limit=500`, token);

/**
 * Reads the history as a member would a minute from now: late enough for a seq that a crash left
 * empty to be given up and filled with a tombstone.
 */
export async function readInAMinute(
  { endpoint, tableName }: { endpoint: string; tableName: string },
  { groupId, userId }: { groupId: string; userId: string },
): Promise<void> {
  const client = new DynamoDBClient({ endpoint, ...localAccess });
  const service = createService({
    table: new Table(DynamoDBDocumentClient.from(client), tableName),
    retentionDays: 30,
    clock: () => Date.now() + 60_000,
    random: Math.random,
    newId: crypto.randomUUID,
  });
  let after = 0;
  for (;;) {
    const page = await readHistory(service, { userId }, { groupId, after, limit: 100 });
    if (!page.ok) throw new Error(`the history was refused: ${page.problem.message}`);
    const last = page.value.messages.at(-1);
    if (!last) break;
    after = last.seq;
  }
  client.destroy();
}
