import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientFrameSchemas, socketRoutes } from '@seenby/protocol/client-frames.ts';
import { expect, it } from 'vitest';
import { readFrames } from '../../../scripts/protocol/reference/frame-file.ts';
import { uniqueId } from '../../support/wire/service.ts';
import { User } from '../../support/wire/user.ts';

const path = join(import.meta.dirname, '../../../docs/examples/frames.txt');
const text = readFileSync(path, 'utf8');

it('has every frame that a client may send, each as its schema asks for', () => {
  const frames = readFrames(text).map(({ sent }) => sent);
  expect([...new Set(frames.map(({ type }) => type))].sort()).toEqual([...socketRoutes].sort());
  for (const frame of frames) {
    const schema = clientFrameSchemas[frame.type as keyof typeof clientFrameSchemas];
    expect([frame, schema.safeParse(frame).success]).toEqual([frame, true]);
  }
});

it('shows what the service replies to them', async () => {
  const [alice, bob] = [await User.create('alice'), await User.create('bob')];
  const groupId = uniqueId('lunch');
  await alice.post('/groups', { groupId, name: 'Lunch', memberIds: [bob.userId] });
  const own = text.replaceAll(/\blunch\b/g, groupId).replaceAll('"alice"', `"${alice.userId}"`);
  const client = await alice.open();
  for (const { sent, reply } of readFrames(own.replaceAll('"bob"', `"${bob.userId}"`))) {
    if (!reply) {
      client.send(sent);
      continue;
    }
    // The client chooses the id itself, and takes the reply that repeats it.
    const { requestId: _shown, ...fields } = reply;
    expect(await client.request(sent)).toMatchObject([fields]);
  }
});
