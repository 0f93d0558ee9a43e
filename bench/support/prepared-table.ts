import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { Seenby } from '../baselines/designs/seenby.ts';
import { content, groupId } from '../played/acts.ts';
import { userIdsOf } from './user-ids.ts';

const members = 500;
const messages = 60;
const secondsBetweenReads = 7;
/** `recorder` takes what comes within two minutes: so many reads. */
const readsOfBatch = Math.floor(120 / secondsBetweenReads);

export const groupsOfReader = 200;
/** The first message was read one by one, the others in one mark of each member. */
export const seqs = { old: 1, fresh: messages };
const memberIds = userIdsOf(members);
/** Wrote all the messages, and is in all the groups. */
export const [reader = ''] = memberIds;

/** Writes groups and receipts of the last two hours, as the Lambdas would have. */
export async function prepareTable(endpoint: string, tableName: string): Promise<void> {
  const client = new DynamoDBClient({ ...localAccess, endpoint });
  const documents = DynamoDBDocumentClient.from(client);
  const place = { documents, observer: documents, tableName };
  for (let i = 1; i < groupsOfReader; i++) {
    const group = new Seenby(place, `team-${String(i).padStart(7, '0')}`);
    await group.createGroup([...memberIds.slice(i, i + 2), reader]);
    await group.send(memberIds[i] ?? '', content, Date.now());
  }
  const group = new Seenby(place, groupId);
  await group.createGroup(memberIds);
  const readers = memberIds.slice(1);
  const firstAt = Date.now() - 7_200_000;
  await group.send(reader, content, firstAt);
  for (const [i, userId] of readers.entries()) {
    const at = firstAt + 1000 * secondsBetweenReads * i;
    await group.read({ userId, seqs: [seqs.old], at });
    if (i % readsOfBatch === 0) await group.settle();
  }
  await group.settle();
  const rest = Array.from({ length: messages - 1 }, (_, i) => i + 2);
  for (const seq of rest) await group.send(reader, content, Date.now() - 600_000 + 1000 * seq);
  for (const userId of readers) await group.read({ userId, seqs: rest, at: Date.now() });
  await group.settle();
  client.destroy();
}
