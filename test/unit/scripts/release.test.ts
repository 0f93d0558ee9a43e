import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryOf } from '../../../scripts/package/repository.ts';
import { root } from '../docs/markdown.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('a package that is published', () => {
  it('names the repository that built it, and none where that is not known', () => {
    const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/chat' };
    expect(repositoryOf('client', env)).toEqual({
      ...{ type: 'git', url: 'git+https://github.com/acme/chat.git' },
      directory: 'packages/client',
    });
    expect(repositoryOf('client', {})).toBeUndefined();
  });

  it.each(['client', 'server'])('says what it is: %s', (folder) => {
    const manifest = JSON.parse(read(`packages/${folder}/package.json`));
    expect(manifest).toMatchObject({
      ...{ name: `@seenby/${folder}`, license: 'MIT', type: 'module' },
      keywords: expect.arrayContaining(['chat', 'read-receipts']),
      engines: { node: expect.any(String) },
      description: expect.stringMatching(/^Read receipts/),
    });
    expect(manifest.version).toBe(JSON.parse(read('package.json')).version);
  });
});

describe('the workflow that publishes', () => {
  const workflow = read('.github/workflows/release.yml');

  it('lets npm prove where a package comes from, and needs no token', () => {
    expect(workflow).toMatch(/^ +id-token: write$/m);
    expect(workflow).toContain('NPM_CONFIG_PROVENANCE: "true"');
    expect(workflow).not.toMatch(/secrets\.|N(PM|ODE_AUTH)_TOKEN/);
  });

  it('tests before it publishes', () => {
    const steps = [...workflow.matchAll(/- run: (.+)/g)].map(([, command]) => command);
    expect(steps.filter((step) => step !== '|')).toEqual([
      '.ci/run',
      'SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) npm run bills',
      'npm run release',
      'git push --tags',
    ]);
  });

  it('proves where the bills of materials were made, and attaches them to what is published', () => {
    expect(workflow).toMatch(/^ +attestations: write$/m);
    expect(workflow).toMatch(
      /attest-build-provenance@.*\n +with:\n +subject-path: .local\/bills\/\*\.cdx\.json/,
    );
    expect(workflow.indexOf('npm run bills')).toBeLessThan(workflow.indexOf('attest-build'));
    expect(workflow).toContain('gh release upload "$tag" .local/bills/*.cdx.json');
  });

  it('takes every action at one commit', () => {
    const actions = ['ci', 'release', 'dependencies'].flatMap((name) => [
      ...read(`.github/workflows/${name}.yml`).matchAll(/uses: (\S+)/g),
    ]);
    expect(actions.length).toBeGreaterThan(4);
    for (const [, action] of actions) expect(action).toMatch(/@[0-9a-f]{40}$/);
  });
});
