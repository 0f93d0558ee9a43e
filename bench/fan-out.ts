// How many groups with a push each one sandbox of the fan-out gets through in a second, by how many
// it takes at a time: a process held to the processor of the function's memory, before a database
// that always takes five milliseconds.
//   node bench/fan-out.ts [--memory 1024] [--members 20,500] [--at-once 10,20,40,80]
// Needs a control group for the processor, which root may make.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDbLocal } from '@seenby/local-cloud/dynamodb/dynamodb-local.ts';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import { createTables } from '@seenby/local-cloud/dynamodb/tables.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { synthesizeSeenby } from '../demo/local/synthesize-seenby.ts';
import { createGroup } from '../functions/groups/create-group.ts';
import { sendMessage } from '../functions/messages/send-message.ts';
import { markOneGroup } from '../functions/receipts/mark-messages.ts';
import { createService } from '../functions/service/service.ts';
import { Table } from '../functions/store/dynamodb/table.ts';
import type { MemberChange } from '../functions/stream/member-change.ts';
import { startChild } from './processes/child.ts';
import type { FanOutCommands, FanOutTimes } from './processes/fan-out-process.ts';
import { type Open, withOpen } from './support/demo-session.ts';
import { limitProcessor } from './support/processor-share.ts';
import { openReplayedDatabase } from './support/replayed-database.ts';
import { tableOf } from './support/table-of.ts';

const { values } = parseArgs({
  options: {
    memory: { type: 'string', default: '1024' },
    members: { type: 'string', default: '20,500' },
    'at-once': { type: 'string', default: '10,20,40,80' },
  },
});
const numbersOf = (text: string) => text.split(',').map(Number);
const databaseMs = 5;
const groups = 400;
const now = Date.now();

/** A group in which one member watches and another one has just read. */
async function prepare(table: Table, members: number): Promise<MemberChange> {
  const service = createService({
    ...{ table, retentionDays: 30, random: () => 0, newId: crypto.randomUUID },
    clock: () => now,
  });
  const [groupId, owner] = ['bench-0', 'user-0'];
  const memberIds = Array.from({ length: members - 1 }, (_, i) => `user-${i + 1}`);
  const group = { groupId, name: 'Bench', memberIds, tracking: 'receipts' as const };
  const message = { groupId, clientMessageId: '1', content: 'Hello', messageType: 'text' as const };
  await createGroup(service, { userId: owner }, { ...group, kind: 'group' } as never);
  await sendMessage(service, { userId: owner }, message);
  const endsAt = now + 3_600_000;
  const watching = { userId: owner, connectionId: 'Fm1L-jqVUzvMXcQ=' };
  await service.connections.add(watching, endsAt);
  await service.connections.subscribe(watching, [groupId], endsAt);
  const before = await service.members.get(groupId, 'user-1');
  await markOneGroup(service, { userId: 'user-1' }, 'read', { groupId, upTo: 1 });
  const after = await service.members.get(groupId, 'user-1');
  if (!after) throw new Error('the group was not made');
  return { groupId, before, after, sequenceNumber: '1' };
}

async function measure(open: Open, endpoint: string, template: Template, members: number) {
  const tableName = `fan-out-${members}`;
  const [declared] = template.resources('AWS::DynamoDB::GlobalTable');
  const tableNames = { [declared?.logicalId ?? '']: tableName };
  await createTables(template, endpoint, { tableNames, withoutStreams: true });
  const client = new DynamoDBClient({ endpoint, ...localAccess });
  open.push(() => client.destroy());
  const table = new Table(DynamoDBDocumentClient.from(client), tableName);
  const change = await prepare(table, members);
  const database = await openReplayedDatabase(endpoint, databaseMs);
  open.push(() => database.close());
  const rows: string[][] = [];
  for (const atOnce of numbersOf(values['at-once'])) {
    const child = startChild<FanOutCommands>(
      new URL('./processes/fan-out-process.ts', import.meta.url),
    );
    await child.call('open', { endpoint: database.endpoint, tableName, now } as never);
    await child.call('run', { change, groups: 200, atOnce } as never);
    const release = limitProcessor(child.pid, Number(values.memory));
    const times = await child.call('run', { change, groups, atOnce } as never);
    const { ms, processorMs, posts, failed } = times as FanOutTimes;
    await child.stop();
    release();
    rows.push([
      ...[`${values.memory}`, `${members}`, `${atOnce}`, `${Math.round((posts / ms) * 1000)}`],
      ...[(processorMs / posts).toFixed(1), `${failed}`],
    ]);
  }
  return rows;
}

await withOpen(async (open) => {
  const outputDir = mkdtempSync(join(tmpdir(), 'seenby-bench-'));
  const [database] = await Promise.all([
    startDynamoDbLocal(),
    synthesizeSeenby({ projectDir: join(import.meta.dirname, '..'), outputDir }),
  ]);
  open.push(database.stop);
  const template = Template.read(outputDir);
  const rows: string[][] = [];
  for (const members of numbersOf(values.members)) {
    rows.push(...(await measure(open, database.endpoint, template, members)));
  }
  const head = ['MB', 'members', 'at a time', 'pushes a second', 'processor ms each', 'failed'];
  console.log(tableOf([head, ...rows]));
});
