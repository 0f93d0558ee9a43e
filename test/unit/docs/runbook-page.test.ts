import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { synthesize } from '../stack/support/synthesize.ts';
import { alarmsIn, compositesIn, graphTitles } from '../stack/support/watched.ts';
import { root } from './markdown.ts';

const page = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
const template = synthesize({ webhookUrl: 'https://chat.example.com/seenby' });
const sources = globSync('functions/**/*.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

const sections = page.split(/^## /m).slice(1);
const anchorOf = (section: string): string =>
  (section.split('\n')[0] ?? '').toLowerCase().replaceAll(' ', '-');
/** What a line such as `- Log: …` of a section names, in backticks or as a title. */
const namedIn = (section: string, kind: string, mark: string): string[] => {
  const line = section.split('\n').find((each) => each.startsWith(`- ${kind}:`)) ?? '';
  return [...line.matchAll(new RegExp(`${mark}([^${mark}]+)${mark}`, 'g'))].map(
    ([, name = '']) => name,
  );
};
const all = (kind: string, mark = '`'): string[] =>
  sections.flatMap((section) => namedIn(section, kind, mark));

describe('[AW3] the runbook', () => {
  it('lists each alarm in the section that its description names', () => {
    const alarms = new Map([...alarmsIn(template), ...compositesIn(template)]);
    expect(alarms.size).toBeGreaterThan(30);
    for (const [name, { AlarmDescription }] of alarms) {
      const [, anchor] = /docs\/runbook\.md#([\w-]+)/.exec(String(AlarmDescription)) ?? [];
      const section = sections.find((each) => anchorOf(each) === anchor) ?? '';
      expect(namedIn(section, 'Alarms', '`'), `${name} in ${anchor}`).toContain(name);
    }
    expect(all('Alarms').filter((name) => !alarms.has(name))).toEqual([]);
  });

  it('names graphs that the dashboard has', () => {
    const titles = graphTitles(template);
    expect(all('Dashboard', '\\*').length).toBeGreaterThan(10);
    expect(all('Dashboard', '\\*').filter((title) => !titles.includes(title))).toEqual([]);
  });

  it('names lines that the functions log', () => {
    const lines = all('Log').filter((line) => line !== '"level":"ERROR"');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !sources.includes(`'${line}'`))).toEqual([]);
  });

  it('names outputs that the stack has', () => {
    const outputs = Object.keys(template.toJSON().Outputs);
    const named = [...page.matchAll(/output_of (\w+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !outputs.includes(String(name)))).toEqual([]);
  });
});

describe('the commands of the runbook', () => {
  const dir = mkdtempSync(join(tmpdir(), 'runbook-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const blocks = [...page.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block = '']) => block);
  const [helpers = ''] = blocks;

  it('are shell, once what is in angle brackets is filled in', () => {
    expect(blocks.length).toBeGreaterThan(3);
    for (const block of blocks) {
      execFileSync('sh', ['-n'], { input: block.replaceAll(/<[^>]*>/g, 'it') });
    }
  });

  it('find functions and log groups by the names that the page gives', () => {
    const resources = Object.entries(
      template.toJSON().Resources as Record<string, { Type: string }>,
    );
    const rows = resources.map(([id, { Type }]) => `${Type}|${id}\tphysical-${id}`);
    writeFileSync(join(dir, 'rows'), `${rows.join('\n')}\n`);
    // The AWS CLI, which answers what the query asks for.
    writeFileSync(
      join(dir, 'aws'),
      `#!/bin/sh\ntype=$(echo "$*" | sed "s/.*ResourceType=='\\([^']*\\)'.*/\\1/")\ngrep "^$type|" ${dir}/rows | cut -d'|' -f2\n`,
      { mode: 0o755 },
    );
    const ask = (command: string): string =>
      execFileSync('sh', ['-c', `${helpers}\n${command}`], {
        env: { PATH: `${dir}:${process.env.PATH}` },
        encoding: 'utf8',
      }).trim();
    const [, list = ''] = /The functions are ([^.]*)\./.exec(page) ?? [];
    const names = [...list.matchAll(/`([A-Z]\w+)`/g)].map(([, name = '']) => name);
    expect(names).toHaveLength(8);
    for (const name of names) {
      expect(ask(`function_of ${name}`)).toMatch(new RegExp(`^physical-${name}[0-9A-F]{8}$`));
      expect(ask(`resource AWS::Logs::LogGroup ${name}Logs`)).toMatch(
        new RegExp(`^physical-${name}Logs[0-9A-F]{8}$`),
      );
    }
  });
});
