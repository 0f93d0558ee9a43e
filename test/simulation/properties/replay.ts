import type { Device } from '../people/device.ts';
import { settle } from '../script/settle.ts';
import type { Simulation } from '../script/simulation.ts';
import type { Item } from '../world/simulated-table.ts';

interface Replayed {
  name: string;
  ask: (device: Device, groupId: string, lastSeq: number) => Promise<unknown>;
}

const times = 5;

const group = (groupId: string, rest = ''): string =>
  `/groups/${encodeURIComponent(groupId)}${rest}`;
const frame = (name: string, fields: (groupId: string, lastSeq: number) => object): Replayed => ({
  name,
  ask: ({ requests }, groupId, lastSeq) =>
    requests.frame({ type: name, ...fields(groupId, lastSeq) }),
});
const http = (
  name: string,
  path: (groupId: string, lastSeq: number) => string,
  body?: (groupId: string, lastSeq: number) => object,
): Replayed => ({
  name,
  ask: ({ requests }, groupId, lastSeq) =>
    requests.http(name.split(' ')[0] ?? '', path(groupId, lastSeq), body?.(groupId, lastSeq)),
});

/** Every request that writes, as one would repeat it. */
const replayed: readonly Replayed[] = [
  frame('send_message', (groupId) => ({ groupId, clientMessageId: 'replayed', content: 'again' })),
  frame('mark_read', (groupId, upTo) => ({ groupId, upTo })),
  frame('mark_delivered', (groupId, upTo) => ({ groupId, upTo })),
  frame('mark_played', (groupId, seq) => ({ messageId: `${groupId}.${seq}` })),
  frame('mark_unread', (groupId, fromSeq) => ({ groupId, fromSeq })),
  frame('subscribe_group', (groupId) => ({ groupIds: [groupId] })),
  http(
    'POST /groups',
    () => '/groups',
    () => ({ groupId: 'again', name: 'Again', memberIds: ['bob'] }),
  ),
  http(
    'PATCH /groups',
    (id) => group(id),
    () => ({ name: 'Again', visibility: 'members' }),
  ),
  http(
    'POST members',
    (id) => group(id, '/members'),
    () => ({ memberIds: ['eve'], role: 'member' }),
  ),
  http(
    'PATCH members',
    (id) => group(id, '/members/bob'),
    () => ({ role: 'admin' }),
  ),
  http('DELETE members', (id) => group(id, '/members/eve')),
  http('DELETE messages', (id, seq) => group(id, `/messages/${seq}`)),
  http(
    'POST read',
    (id) => group(id, '/read'),
    (_, upTo) => ({ upTo }),
  ),
  http(
    'POST /me/read',
    () => '/me/read',
    (groupId, upTo) => ({ positions: [{ groupId, upTo }] }),
  ),
  http(
    'PUT /me/settings',
    () => '/me/settings',
    () => ({ readReceipts: true }),
  ),
  http(
    'PUT /me/profile',
    () => '/me/profile',
    () => ({ name: 'Again' }),
  ),
];

/** [RD2] [MS2] Whatever is asked five times more leaves every byte as it was after the first. */
export async function checkReplays(simulation: Simulation): Promise<void> {
  const { script, findings } = simulation;
  const device = simulation.administratorOf('team');
  const lastSeq = device?.groups.get('team')?.status.lastSeq;
  if (!device || lastSeq === undefined) return;
  simulation.notePutBack(device.userId, 'team');
  // Seeds take turns.
  const each = replayed[script.seed % replayed.length] as Replayed;
  await each.ask(device, 'team', lastSeq);
  await settle(simulation);
  const before = storedBy(simulation);
  for (let i = 0; i < times; i++) await each.ask(device, 'team', lastSeq);
  await settle(simulation);
  const after = storedBy(simulation);
  const changed = [...after].filter(([key, row]) => !isSame(row, before.get(key)));
  const gone = [...before.keys()].filter((key) => !after.has(key));
  findings.check('a request repeated changes nothing', changed.length + gone.length === 0, () => {
    const [[key, row] = []] = changed;
    const was = before.get(key ?? '');
    return `${each.name}: ${key} is ${textOf(row)}, was ${textOf(was)}; gone: ${gone}`;
  });
}

/** All rows but those that say what is going on: budgets, connections, what is being pushed, and subscriptions. */
function storedBy({ service }: Simulation): Map<string, Item> {
  const rows = service.table.items().map((item) => {
    const { pk, sk } = item as { pk: { S: string }; sk: { S: string } };
    return [`${pk.S} ${sk.S}`, item] as const;
  });
  return new Map(rows.filter(([key]) => !passing.test(key)));
}

/** What is stored is never changed: a row that was not written since is the same object. */
const isSame = (row: Item, before: Item | undefined): boolean =>
  row === before || textOf(row) === textOf(before);

const textOf = (row: Item | undefined): string | undefined =>
  row && JSON.stringify({ ...row, ...unlike }, inOrder);

/** Notes of who looks: up to where lost seqs were looked for. */
const unlike = { checkedSeq: undefined };

const inOrder = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort())
    : value;

const passing = /^(U#[^ ]*#[BCT] |K#|G#[^ ]*#[CPVN] )/;
