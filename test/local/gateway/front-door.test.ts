import { afterEach, expect, it } from 'vitest';
import { type FrontDoor, openFrontDoor } from '../../../local/gateway/front-door.ts';
import { Client } from './socket-api-server.ts';

const doors: FrontDoor[] = [];
afterEach(() => Promise.all(doors.splice(0).map((door) => door.close())));

async function open(options: { httpPort?: number; wsPort?: number } = {}) {
  const door = await openFrontDoor({ ...options, reportFault: () => {} });
  doors.push(door);
  return door;
}

it('answers 503 until there is something behind it', async () => {
  const { httpUrl, wsUrl } = await open();
  expect((await fetch(`${httpUrl}/health`)).status).toBe(503);
  expect((await fetch(`${httpUrl}/groups`)).status).toBe(503);
  expect(await new Client(wsUrl).refusal()).toMatchObject({ statusCode: 503 });
});

it.each([
  ['httpPort', 'PORT'],
  ['wsPort', 'WS_PORT'],
])('says in one sentence that %s is taken, and keeps nothing', async (option, setting) => {
  const taken = Number(new URL((await open()).httpUrl).port);
  const free = Number(new URL((await open()).httpUrl).port);
  await doors.pop()?.close();
  const other = option === 'httpPort' ? 'wsPort' : 'httpPort';
  await expect(open({ [option]: taken, [other]: free })).rejects.toThrow(
    `Port ${taken} is already in use; stop what listens there or set ${setting} to another port.`,
  );
  await open({ httpPort: free });
});
