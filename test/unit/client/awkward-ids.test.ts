import { fromPathSegment, toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { describe, expect, it } from 'vitest';
import { PendingStore } from '../../../packages/client/src/pending/pending-store.ts';
import type { SeenbyStorage } from '../../../packages/client/src/pending/seenby-storage.ts';
import { goodIds } from '../protocol/awkward-inputs.ts';
import { scriptedClient } from './support/scripted-client.ts';

/** The path as it is on its way, after a URL library has had its say. */
const onTheWay = (path: string): string => new URL(path, 'https://api.test').pathname;

describe('[SE10] an id', () => {
  it.each(goodIds)('%s arrives in a path as it is', (id) => {
    const [, before, segment = '', after] = onTheWay(`/groups/${toPathSegment(id)}/read`).split(
      '/',
    );
    expect([before, after]).toEqual(['groups', 'read']);
    expect(fromPathSegment(decodeURIComponent(segment))).toBe(id);
  });

  it.each(goodIds)('%s names a group whose requests reach it', async (id) => {
    const { host, client } = scriptedClient({
      answer: () => ({ body: { messages: [], lastSeq: 0 } }),
    });
    const group = client.group(id);
    await group.history();
    await group.removeMember(id).catch(() => {});
    const paths = host.requests.map(({ path }) => onTheWay(path).split('/'));
    expect(paths.map(([, , segment]) => segment)).toEqual(paths.map(() => toPathSegment(id)));
    expect(paths.at(-1)?.slice(3)).toEqual(['members', toPathSegment(id)]);
  });

  it('keeps the pending receipts of its group apart from all others, in the storage as well', () => {
    const kept = new Map<string, string>();
    const storage: SeenbyStorage = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
    const upTo = (to: number) => [{ from: 1, to }];
    const pending = new PendingStore(storage);
    pending.open('of __proto__', '__proto__');
    for (const [i, id] of goodIds.entries()) pending.add(id, { read: upTo(i + 1) });
    const reopened = new PendingStore(storage);
    reopened.open('of __proto__', '__proto__');
    for (const store of [pending, reopened]) {
      expect(store.groupIds.sort()).toEqual([...goodIds].sort());
      expect(goodIds.map((id) => store.of(id).read)).toEqual(goodIds.map((_, i) => upTo(i + 1)));
      expect(store.of('valueOf').read).toEqual([]);
    }
    for (const [i, id] of goodIds.entries()) reopened.settle(id, { read: upTo(i + 1) });
    expect(reopened.groupIds).toEqual([]);
  });
});
