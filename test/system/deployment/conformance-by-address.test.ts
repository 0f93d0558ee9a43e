import { afterAll, expect, inject, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { runConformance, startOwnCloud } from './run-conformance.ts';

let cloud: SeenbyCloud | undefined;
afterAll(() => cloud?.stop());

it('conformance tests run against a service known by its addresses, whose issuer chooses user ids', async () => {
  cloud = await startOwnCloud(inject('assemblyDir'));
  const printed = await runConformance(cloud, ['reading/lists', 'groups/member-changes']);
  expect(printed).toMatch(/\n[1-9]\d* passed, 0 failed\n/);
});
