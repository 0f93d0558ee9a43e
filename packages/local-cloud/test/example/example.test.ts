import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type LocalCloud, startCloud } from '@seenby/local-cloud';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

const assemblyDir = `${import.meta.dirname}/app`;
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startCloud({
    ...{ assemblyDir, dynamoDbEndpoint: inject('dynamoDbEndpoint') },
    tableNames: { Table: randomUUID() },
  });
});
afterAll(() => cloud.stop());

it('runs a stack of one function, one route and one table', async () => {
  const url = `${cloud.httpUrl}/notes/1`;
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(url, { method: 'PUT', body: 'milk' })).status).toBe(204);
  expect(await (await fetch(url)).text()).toBe('milk');
  expect((await fetch(`${cloud.httpUrl}/other`)).status).toBe(404);
});

it('tells which grants the calls of functions needed, from the thread that checks them', async () => {
  await fetch(`${cloud.httpUrl}/notes/2`, { method: 'PUT', body: 'bread' });
  const used = (await cloud.grantUse()).filter(({ isUsed }) => isUsed);
  expect(used.map(({ action }) => action)).toContain('dynamodb:PutItem');
});

it('has a port for WebSocket APIs that answers nothing when the template has none', async () => {
  const { status } = await fetch(cloud.wsUrl.replace('ws', 'http'));
  expect([status, cloud.frames.total().framesIn]).toEqual([404, 0]);
});

it('is shown in the README as it is', () => {
  const readme = readFileSync(`${import.meta.dirname}/../../README.md`, 'utf8');
  const handler = readFileSync(`${assemblyDir}/asset.notes/index.mjs`, 'utf8');
  expect(readme).toContain(handler.trim());
});
