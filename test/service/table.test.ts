import { describe, expect, it } from 'vitest';
import { openService } from '../support/service/open-service.ts';

const keyOf = (n: number) => ({ pk: 'G#batch', sk: `${n}` });

describe('a batch that repeats a key, which DynamoDB refuses', () => {
  it('is read with each key asked for once, and answered for each time it was given', async () => {
    const { table } = await openService();
    await table.putMany([{ ...keyOf(1), value: 'one' }]);
    const keys = [keyOf(1), keyOf(2), keyOf(1)];
    const items = await table.getMany(keys, 'strong');
    expect(items.map((item) => item?.value)).toEqual(['one', undefined, 'one']);
  });

  it('is read over more than one request when more than 100 keys are different', async () => {
    const { table } = await openService();
    const all = Array.from({ length: 230 }, (_, n) => keyOf(n));
    await table.putMany(all.map((key) => ({ ...key, value: key.sk })));
    const items = await table.getMany([...all, ...all], 'strong');
    expect(items.map((item) => item?.value)).toEqual([...all, ...all].map(({ sk }) => sk));
  });

  it('is written with the last of each key', async () => {
    const { table } = await openService();
    await table.putMany([1, 2, 3].map((value) => ({ ...keyOf(1), value })));
    expect(await table.get(keyOf(1))).toMatchObject({ value: 3 });
    await table.deleteMany([keyOf(1), keyOf(1)]);
    expect(await table.get(keyOf(1))).toBeUndefined();
  });
});
