import { setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { describe, expect, it } from 'vitest';
import { PendingStore } from '../../../../packages/client/src/pending/pending-store.ts';
import { connectedClient, memoryStorage } from '../support/scripted-client.ts';

const readTo = (seq: number) => ({ read: setOfRange(1, seq), delivered: [], messages: [] });

describe('the store of pending receipts', () => {
  it('keeps in memory what was read before it is known whose it is', () => {
    const storage = memoryStorage();
    const store = new PendingStore(storage);
    store.add('team', readTo(4));
    expect(storage.size()).toBe(0);
    store.open('of ann', 'ann');
    expect(store.of('team')).toEqual(readTo(4));
    store.add('club', readTo(2));
    store.open('of ann', 'ann');
    expect(store.groupIds).toEqual(['team', 'club']);
    store.open('of bo', 'bo');
    expect(store.groupIds).toEqual([]);
  });

  it('works without a storage', () => {
    const store = new PendingStore(undefined);
    store.open('of ann', 'ann');
    store.add('team', readTo(4));
    store.settle('team', readTo(3));
    expect(store.of('team')).toEqual({ ...readTo(4), read: setOfSeqs([4]) });
  });
});

it('a page that is left tells the positions of a hundred groups at most', async () => {
  const ids = Array.from({ length: 120 }, (_, i) => `club-${i}`);
  const storage = memoryStorage();
  const kept = Object.fromEntries(ids.map((id) => [id, readTo(3)]));
  storage.setItem('seenby https://api.test/ me', JSON.stringify(kept));
  const { host } = await connectedClient({}, { storage, answer: () => ({ body: {} }) });
  host.page('hidden');
  await host.settle();
  const left = host.requests.filter(({ isKeptAlive }) => isKeptAlive);
  expect(left.map(({ body }) => body)).toEqual([
    { positions: ids.slice(0, 100).map((id) => ({ groupId: id, upTo: 3 })) },
  ]);
});
