import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpRoutes } from '@seenby/protocol/http-requests.ts';
import { expect, it } from 'vitest';
import { type HttpRequest, readHttpFile } from '../../../scripts/protocol/reference/http-file.ts';
import { service, uniqueId } from '../../support/wire/service.ts';

const path = join(import.meta.dirname, '../../../docs/examples/seenby.http');
const groupId = uniqueId('lunch');
const text = readFileSync(path, 'utf8').replaceAll(/\blunch\b/g, groupId);
const { variables, requests } = readHttpFile(text);

/** What was answered to a request with a name. */
const answers = new Map<string, unknown>();

function fill(text: string): string {
  return text.replaceAll(/\{\{([\w.]+)\}\}/g, (_, name: string) => {
    if (name === 'host') return service.httpUrl;
    const [request = '', ...path] = name.replace('.response.body', '').split('.');
    if (path.length === 0) return variables[request] ?? '';
    const value = path.reduce(
      (at, key) => (at as Record<string, unknown>)?.[key],
      answers.get(request),
    );
    return encodeURIComponent(String(value));
  });
}

async function send({ line, title, method, url, headers, body, status }: HttpRequest) {
  const filled = Object.entries(headers).map(([name, value]) => [name, fill(value)]);
  const response = await fetch(fill(url), {
    method,
    headers: Object.fromEntries(filled),
    ...(body !== undefined && { body }),
  });
  const answer = await response.text();
  expect([`line ${line}`, title, response.status, answer].slice(0, 3), answer).toEqual([
    ...[`line ${line}`, title, status],
  ]);
  const [, name] = /^@name (\w+)$/.exec(title) ?? [];
  if (name) answers.set(name, JSON.parse(answer));
}

it('has every route of the HTTP API, and the title of each is its route', () => {
  const routed = requests.filter(({ title }) => !title.startsWith('@'));
  expect([...new Set(routed.map(({ title }) => title))].sort()).toEqual([...httpRoutes].sort());
  for (const { title, method, url } of routed) {
    const pattern = title.replace(/^\w+ /, '').replaceAll(/\{\w+\}/g, '[^/?]+');
    expect([title, method]).toEqual([title, title.split(' ')[0]]);
    expect(url).toMatch(new RegExp(`^\\{\\{host\\}\\}${pattern}(\\?|$)`));
  }
});

it('works from its first request to its last', async () => {
  for (const request of requests) await send(request);
  expect(answers.size).toBe(4);
});
