import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GrantUse } from '@seenby/local-cloud/permissions/permissions.ts';
import type { Vitest } from 'vitest/node';

/** Grants that no test uses, and why the roles have them all the same. */
const neededUnused: { grant: RegExp; reason: string }[] = [
  {
    grant: /^PushRole\w*: dynamodb:Query /,
    reason: 'a job for more than 100 users of a group reads all of its members',
  },
  {
    grant: /^(Push|Http|FanOut)Role\w*: execute-api:ManageConnections .*\/DELETE\//,
    reason: 'a client that took nothing for half a minute is disconnected',
  },
  {
    grant: /^PushRole\w*: execute-api:ManageConnections .*\/GET\//,
    reason: 'API Gateway is asked for such a client first',
  },
  {
    grant: /^FanOutRole\w*: dynamodb:PutItem /,
    reason: 'groups of more than 1,000 members keep the counts of their newest messages',
  },
  {
    grant: /^(FanOut|Push)Role\w*: dynamodb:BatchWriteItem /,
    reason:
      'whoever posts first to a connection that is gone forgets it, and which it is depends on the pace',
  },
  {
    grant: /^MaintenanceRole\w*: dynamodb:DeleteItem /,
    reason: 'rows of leavers go once nobody can ask for what they read, after weeks',
  },
];

/** What each cloud of a run wrote when it stopped. */
export function readGrantUse(dir: string): GrantUse[][] {
  return globSync('*.json', { cwd: dir }).map((file) =>
    JSON.parse(readFileSync(join(dir, file), 'utf8')),
  );
}

/** What some cloud allows a role and no cloud was asked for. Tables have other names in each. */
export function unusedGrants(clouds: readonly (readonly GrantUse[])[]): string[] {
  const used = new Map<string, boolean>();
  for (const { role, action, resource, isUsed } of clouds.flat()) {
    const name = `${role}: ${action} on ${resource.replace(/:table\/[^/]+/, ':table/*')}`;
    used.set(name, isUsed || used.get(name) === true);
  }
  return [...used].filter(([, isUsed]) => !isUsed).map(([name]) => name);
}

export const withoutReason = (grants: readonly string[]): string[] =>
  grants.filter((name) => !neededUnused.some(({ grant }) => grant.test(name)));

/** Whether every test that starts a cloud or speaks to one has run, and passed. */
export function isWholeRun({ state, config }: Vitest, projectDir: string): boolean {
  const ran = new Set(state.getFiles().map(({ filepath }) => filepath));
  const all = globSync('test/{conformance,system}/**/*.test.ts', { cwd: projectDir });
  const hasAll = all.every((file) => ran.has(join(projectDir, file)));
  return hasAll && !config.testNamePattern && state.getCountOfFailedTests() === 0;
}
