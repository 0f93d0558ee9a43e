import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kept } from '../../../bench/played/kept-figures.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'seenby-kept-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

it('computes figures once for a question, and anew for another one', async () => {
  let computed = 0;
  const ask = (question: unknown) => kept(question, async () => ({ computed: ++computed }), dir);
  expect(await ask(['matrix', { members: 10 }])).toEqual({ computed: 1 });
  expect(await ask(['matrix', { members: 10 }])).toEqual({ computed: 1 });
  expect(await ask(['matrix', { members: 11 }])).toEqual({ computed: 2 });
});

it('keeps nothing of what failed', async () => {
  const fail = () => kept('fails', () => Promise.reject(new Error('no figures')), dir);
  await expect(fail()).rejects.toThrow('no figures');
  expect(await kept('fails', async () => 1, dir)).toBe(1);
});
