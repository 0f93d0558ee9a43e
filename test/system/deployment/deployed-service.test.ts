import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { upgrade } from '../../support/wire/upgrade.ts';
import { runConformance } from './run-conformance.ts';

let cloud: SeenbyCloud;
let nextPostFails = false;
const invoked: { functionName: string; error: string | undefined }[] = [];

beforeAll(async () => {
  cloud = await startOwnCloud({
    assemblyDir: inject('fullAssemblyDir'),
    faults: { posts: { failed: 1 }, random: failOnePost },
    logInvocation: ({ functionName, error }) => invoked.push({ functionName, error }),
  });
});
afterAll(() => cloud.stop());

/** The first post of a frame fails when asked to; the next one is the push function's. */
function failOnePost(): number {
  const draw = nextPostFails ? 0 : 1;
  nextPostFails = false;
  return draw;
}

it('conformance tests run against a service known by its addresses, whose functions are called by an alias, and whose issuer chooses user ids', async () => {
  const names = ['reading/small-groups'];
  const printed = await runConformance(cloud, names);
  expect(printed).toMatch(/\n[1-9]\d* passed, 0 failed\n/);
});

it('a frame that fails goes to the push function, by its alias', async () => {
  const token = await cloud.issueToken({ userId: 'alice' });
  const opened = await upgrade({ url: `${cloud.wsUrl}?token=${token}` });
  if (opened.outcome !== 'opened') throw new Error(`refused with ${opened.status}`);
  invoked.length = 0;
  nextPostFails = true;
  await opened.client.ask('connection_established', { type: 'hello' });
  await expect
    .poll(() => invoked.filter(({ functionName }) => functionName.startsWith('Push')))
    .toMatchObject([{ error: undefined }]);
  opened.client.close();
});
