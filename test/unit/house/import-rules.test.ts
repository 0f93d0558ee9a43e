import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import config from '../../../scripts/import-rules.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** What the rules say about a project of these files, as `rule: from → to`. */
async function violationsIn(files: Record<string, string>): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'seenby-imports-'));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const sources = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
  const { output } = await cruise(
    sources.filter((source) => source !== 'node_modules'),
    {
      ...config.options,
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: config.forbidden ?? [] },
    },
  );
  const { summary } = output as ICruiseResult;
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

const typeOf = (path: string): string => `import type { X } from '${path}';\nexport type Y = X;\n`;
const x = 'export interface X {}\n';
const sdk = { 'node_modules/@aws-sdk/client-s3/index.js': 'export const X = 1;\n' };

/** One project has them all. */
const refused = [
  ['functions/store', 'functions/store/groups.ts', 'functions/api/input.ts'],
  ['functions/runtime', 'functions/runtime/log.ts', 'functions/store/groups.ts'],
  ['functions/push/dispatch', 'functions/push/dispatch/a.ts', 'functions/push/recipients/b.ts'],
  ['functions/groups', 'functions/groups/get-group.ts', 'functions/members/list-members.ts'],
  ['functions/api', 'functions/api/http/input.ts', 'functions/socket.ts'],
  [
    'packages/client/src/transport',
    'packages/client/src/transport/tabs.ts',
    'packages/client/src/pending/pending.ts',
  ],
  ['packages/core/src', 'packages/core/src/day.ts', 'functions/runtime/log.ts'],
  ['packages/protocol/src', 'packages/protocol/src/a.ts', 'packages/core/src/day.ts'],
  ['packages/local-cloud/src', 'packages/local-cloud/src/a.ts', 'packages/protocol/src/b.ts'],
  ['lib', 'lib/seenby-stack.ts', 'functions/groups/get-group.ts'],
  ['demo/web', 'demo/web/main.tsx', 'functions/runtime/log.ts'],
  ['functions', 'functions/http.ts', 'test/support/clock.ts'],
  ['bench', 'bench/fan-out.ts', 'test/unit/core/day.test.ts'],
  ['examples', 'examples/react/main.tsx', 'packages/core/src/day.ts'],
  ['packages/core/src/costs', 'packages/core/src/costs/prices.ts', 'packages/protocol/src/b.ts'],
].map(([rule = '', from = '', to = '']) => ({ rule, from, to }));

describe('the rules for imports', () => {
  it('let files import what is below them', async () => {
    const files = {
      'functions/http.ts': typeOf('./store/groups.ts'),
      'functions/store/groups.ts': typeOf('../runtime/timing.ts'),
      'functions/runtime/timing.ts': x,
      'functions/events/event-bus.ts': "import { X } from '@aws-sdk/client-s3';\nconsole.log(X);\n",
      ...sdk,
    };
    expect(await violationsIn(files)).toEqual([]);
  });

  describe('refuse', () => {
    let violations: string[];
    beforeAll(async () => {
      const files = Object.fromEntries(refused.map(({ to }) => [to, x]));
      for (const { from, to } of refused) {
        files[from] = typeOf(`${'../'.repeat(from.split('/').length - 1)}${to}`);
      }
      violations = await violationsIn(files);
    });

    it.each(refused)('an import of a type by $rule', ({ rule, from, to }) => {
      expect(violations).toContain(`imports-of-${rule}: ${from} → ${to}`);
    });
  });

  it('refuse a circle of types', async () => {
    const files = {
      'demo/web/one.ts': `${typeOf('./other.ts')}${x}`,
      'demo/web/other.ts': `${typeOf('./one.ts')}${x}`,
    };
    expect(await violationsIn(files)).toEqual([
      expect.stringMatching(/^no-circle: demo\/web\/one/),
    ]);
  });

  it('refuse the AWS SDK where no request to AWS is made', async () => {
    const from = 'functions/receipts/mark-group.ts';
    const violations = await violationsIn({ [from]: "import '@aws-sdk/client-s3';\n", ...sdk });
    expect(violations).toEqual([`aws-sdk: ${from} → node_modules/@aws-sdk/client-s3/index.js`]);
  });

  it('refuse a module of Node where costs are computed', async () => {
    const from = 'packages/core/src/costs/prices.ts';
    const violations = await violationsIn({ [from]: "import 'node:fs';\n" });
    expect(violations).toEqual([`costs-are-arithmetic: ${from} → fs`]);
  });

  it('refuse the computation of costs in the service', async () => {
    const to = 'packages/core/src/costs/prices.ts';
    const from = 'functions/runtime/timing.ts';
    const violations = await violationsIn({ [from]: typeOf(`../../${to}`), [to]: x });
    expect(violations).toEqual([`costs-are-for-readers: ${from} → ${to}`]);
  });

  it('refuse a folder of functions/ that has no place in the order', async () => {
    const files = { 'functions/new/a.ts': typeOf('./b.ts'), 'functions/new/b.ts': x };
    expect(await violationsIn(files)).toContain(
      'order-of-functions: functions/new/a.ts → functions/new/b.ts',
    );
  });
});
