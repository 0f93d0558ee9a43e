import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { upgrade } from '../../support/wire/upgrade.ts';

interface Statement {
  Action: string | string[];
}
interface Body {
  Resources: Record<
    string,
    { Type: string; Properties?: { PolicyDocument?: { Statement: Statement[] } } }
  >;
}

let cloud: SeenbyCloud | undefined;
let assemblyDir = '';
const lines: string[] = [];
const logged: string[] = [];

afterEach(async () => {
  await cloud?.stop();
  cloud = undefined;
  rmSync(assemblyDir, { recursive: true, force: true });
});

/** The stack as it is, except that the roles of one function lack an action. */
async function startWithout(functionName: string, action: string): Promise<SeenbyCloud> {
  assemblyDir = mkdtempSync(join(tmpdir(), 'seenby-missing-'));
  cpSync(inject('assemblyDir'), assemblyDir, { recursive: true });
  const file = join(assemblyDir, 'Seenby.template.json');
  const body = JSON.parse(readFileSync(file, 'utf8')) as Body;
  for (const [id, { Properties }] of Object.entries(body.Resources)) {
    if (!id.startsWith(`${functionName}RoleDefaultPolicy`) || !Properties?.PolicyDocument) continue;
    for (const statement of Properties.PolicyDocument.Statement) {
      statement.Action = [statement.Action].flat().filter((one) => one !== action);
    }
    Properties.PolicyDocument.Statement = Properties.PolicyDocument.Statement.filter(
      ({ Action }) => Action.length > 0,
    );
  }
  writeFileSync(file, JSON.stringify(body));
  lines.length = 0;
  logged.length = 0;
  cloud = await startOwnCloud({
    assemblyDir,
    logLine: (line) => lines.push(line),
    logInvocation: (entry) => logged.push(JSON.stringify(entry)),
  });
  return cloud;
}

const tokenOf = (userId: string) => (cloud as SeenbyCloud).issueToken({ userId });

async function call(method: string, path: string, body?: object) {
  const response = await fetch(`${cloud?.httpUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${await tokenOf('ann')}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as { error?: { code: string } } };
}

const group = { groupId: 'team', name: 'Team', memberIds: ['bob'] };
const message = { clientMessageId: 'm-1', content: 'hello' };

const expectNamed = (action: string, resource: string): void => {
  const named = new RegExp(`not authorized to perform: ${action} on resource: \\S*${resource}`);
  expect(lines.filter((line) => named.test(line))).toHaveLength(1);
};

describe('[AW1] a stack that lacks a grant', () => {
  it('of the table: the route fails, and the logs name action and table', async () => {
    await startWithout('Http', 'dynamodb:Query');
    const { status, body } = await call('GET', '/me/unread');
    expect([status, body.error?.code]).toEqual([500, 'INTERNAL']);
    expectNamed('dynamodb:Query', 'table/');
    expect(logged.join()).toContain('AccessDeniedException');
  });

  it('of the connections: a message is stored, and its frame reaches nobody', async () => {
    const { wsUrl, drained } = await startWithout('Http', 'execute-api:ManageConnections');
    await call('POST', '/groups', group);
    await upgrade({ url: `${wsUrl}/v1?token=${await tokenOf('bob')}` });
    expect((await call('POST', '/groups/team/messages', message)).status).toBe(201);
    await drained();
    expectNamed('execute-api:ManageConnections', '/v1/POST/@connections/');
  });

  it('of the stream: it does not start', async () => {
    await expect(startWithout('FanOut', 'dynamodb:GetRecords')).rejects.toThrow(
      /AWS would not create FanOutStreamMapping.*dynamodb:GetRecords on resource/,
    );
  });
});
