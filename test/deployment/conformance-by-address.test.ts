import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, inject, it } from 'vitest';
import { type LocalCloud, startCloud } from '../../local/cloud.ts';
import { Template } from '../../local/template/template.ts';

const projectDir = join(import.meta.dirname, '..', '..');
let cloud: LocalCloud | undefined;
afterAll(() => cloud?.stop());

it('conformance tests run against a service known by its addresses, whose issuer chooses user ids', async () => {
  const assemblyDir = inject('assemblyDir');
  const [table] = Template.read(assemblyDir).resources('AWS::DynamoDB::GlobalTable');
  cloud = await startCloud({
    assemblyDir,
    dynamoDbEndpoint: inject('dynamoDbEndpoint'),
    tableNames: { [table?.logicalId ?? '']: `deployed-${randomUUID()}` },
  });
  const tests = ['lists', 'member-changes'].map((name) => `test/conformance/${name}.test.ts`);
  const run = promisify(execFile)(
    process.execPath,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...tests],
    { cwd: projectDir, env: environmentFor(cloud) },
  );
  expect((await run).stdout).toMatch(/\n[1-9]\d* passed, 0 failed\n/);
});

/** As a shell has it: nothing of the test run that this one is part of. */
const environmentFor = ({ httpUrl, wsUrl }: LocalCloud) => ({
  PATH: process.env.PATH,
  SEENBY_HTTP_URL: httpUrl,
  SEENBY_WS_URL: wsUrl,
  SEENBY_TOKEN_COMMAND: `"${process.execPath}" test/deployment/print-token.ts ${httpUrl}`,
});
