import { randomBytes } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { expect, inject, it } from 'vitest';
import { afterFile } from '../../support/after-file.ts';
import { receiverOrigin } from '../../support/everything-on.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { service } from '../../support/wire/service.ts';
import { makeRoom, post, signIn } from './chat-user.ts';
import { copyExample, freePort, runExample } from './run-example.ts';

const assemblyDir = inject('fullAssemblyDir');

/** A cloud whose webhook posts to a port of this machine, signed with this secret. */
async function startCloud(port: number, secret: string) {
  const localServers = { [receiverOrigin]: `http://127.0.0.1:${port}` };
  const cloud = await startOwnCloud({ assemblyDir, localServers, streams: { pollIntervalMs: 20 } });
  afterFile(() => cloud.stop());
  const [resource] = Template.read(assemblyDir).resources('AWS::SecretsManager::Secret');
  cloud.secrets.put(resource?.logicalId ?? '', secret);
  return cloud;
}

it('who is reminded and not connected gets a push notification', async () => {
  const [port, secret] = [await freePort(), randomBytes(33).toString('base64')];
  const cloud = await startCloud(port, secret);
  const env = { PORT: String(port), WEBHOOK_SECRET: secret };
  const chat = await runExample(copyExample('existing-chat', cloud), 'start', env);
  await chat.printed('Open http');
  const [ann, bob] = [await signIn(chat.url, 'ann'), await signIn(chat.url, 'bob')];
  const room = await makeRoom(ann, bob);
  await room.write(ann, 'Tea?');
  await expect.poll(room.seqs).toEqual([1]);

  const token = await cloud.issueToken({ userId: ann.id });
  const remind = await fetch(`${cloud.httpUrl}/groups/${room.id}/messages/1/remind`, {
    ...post({}),
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await remind.json()).toMatchObject({ reminded: 1, reached: 0 });
  const notified = await chat.printed('Please read a message');
  expect(notified).toBe(`Push notification to ${bob.id}: Please read a message`);
  const forged = await fetch(`${chat.url}/seenby`, post({ type: 'message.reminded' }));
  expect(forged.status).toBe(400);
});

/** Lets connections through to the service once it is open; before that the port is closed. */
async function passageTo(url: string, port: number): Promise<void> {
  const { hostname, port: target } = new URL(url);
  const server = createServer((socket) => {
    const onward = connect(Number(target), hostname);
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  afterFile(() => server.close());
}

it('what was written without Seenby is posted later, but of those who have left', async () => {
  const port = await freePort();
  const addresses = { httpUrl: `http://127.0.0.1:${port}`, wsUrl: service.wsUrl };
  const chat = await runExample(copyExample('existing-chat', addresses), 'start');
  await chat.printed('Open http');
  const [ann, bob] = [await signIn(chat.url, 'ann'), await signIn(chat.url, 'bob')];
  const room = await makeRoom(ann, bob);
  for (const user of [ann, bob, ann]) await room.write(user, 'Is anybody there?');
  await bob.post(`/rooms/${room.id}/leave`);
  expect(await room.seqs()).toEqual([null, null, null]);

  await passageTo(service.httpUrl, port);
  await ann.post(`/rooms/${room.id}/join`);
  await expect.poll(room.seqs).toEqual([1, null, 2]);
});
