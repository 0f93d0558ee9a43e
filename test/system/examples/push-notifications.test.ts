import { randomBytes } from 'node:crypto';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { expect, inject, it } from 'vitest';
import { afterFile } from '../../support/after-file.ts';
import { receiverOrigin } from '../../support/everything-on.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
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

/** Somebody at the chat without a browser. */
async function signIn(chatUrl: string, name: string) {
  const session = await fetch(`${chatUrl}/session`, post({ name }));
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { id } = (await session.json()) as { id: string };
  const headers = { cookie };
  return {
    id,
    post: (path: string, body: object = {}) => fetch(chatUrl + path, { ...post(body), headers }),
    get: async <T>(path: string) => (await (await fetch(chatUrl + path, { headers })).json()) as T,
  };
}

const post = (body: object) => ({ method: 'POST', body: JSON.stringify(body) });

it('who is reminded and not connected gets a push notification', async () => {
  const [port, secret] = [await freePort(), randomBytes(33).toString('base64')];
  const cloud = await startCloud(port, secret);
  const env = { PORT: String(port), WEBHOOK_SECRET: secret };
  const chat = await runExample(copyExample('existing-chat', cloud), 'start', env);
  await chat.printed('Open http');
  const [ann, bob] = [await signIn(chat.url, 'ann'), await signIn(chat.url, 'bob')];
  const room = (await (await ann.post('/rooms', { name: 'Kitchen' })).json()) as { id: string };
  for (const user of [ann, bob]) await user.post(`/rooms/${room.id}/join`);
  await ann.post(`/rooms/${room.id}/messages`, { text: 'Tea?' });
  const seqs = async () =>
    (await ann.get<{ seq: number }[]>(`/rooms/${room.id}/messages`)).map(({ seq }) => seq);
  await expect.poll(seqs).toEqual([1]);

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
