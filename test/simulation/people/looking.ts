import type { CountRange } from '@seenby/protocol/entities.ts';
import { type Act, type Actions, inGroup } from './act.ts';

interface ListedCounts {
  readCount: number;
  deliveredCount: number;
  unreadCount: number;
  totalCount: number;
}

const addsUp = ({ readCount, deliveredCount, unreadCount, totalCount }: ListedCounts): boolean =>
  readCount + unreadCount === totalCount &&
  readCount <= deliveredCount &&
  deliveredCount <= totalCount;

/** What people look at, and what has to be true of it at any moment. */
export const look: Actions = {
  'look at counts': async ({ simulation, device, groupId }) => {
    const { status, body } = await device.requests.http(
      'GET',
      inGroup(groupId, '/receipts?from=1&to=1000'),
    );
    if (status !== 200) return;
    for (const range of body.counts as CountRange[]) {
      simulation.findings.check('CT1 counts add up', addsUp(range), () => JSON.stringify(range));
    }
  },
  'look at lists': async ({ simulation, device, groupId, step }) => {
    const lastSeq = device.groups.get(groupId)?.status.lastSeq ?? 0;
    const seq = Math.max(1, Math.ceil(lastSeq * (step.at ?? 1)));
    await checkList(simulation, device, groupId, seq);
  },
};

const listed = { read: 'readCount', unread: 'unreadCount', delivered: 'deliveredCount' } as const;

/** [CT1] Of one answer: its counts are those of its list. */
export async function checkList(
  { findings }: Pick<Act['simulation'], 'findings'>,
  device: Pick<Act['device'], 'requests'>,
  groupId: string,
  seq: number,
): Promise<void> {
  for (const state of ['read', 'unread', 'delivered', undefined] as const) {
    const query = state === undefined ? '' : `?state=${state}`;
    const target = inGroup(groupId, `/messages/${seq}/receipts${query}`);
    const answer = await device.requests.http('GET', target);
    if (answer.status !== 200) return;
    const body = answer.body as unknown as ListedCounts & { members: object[] };
    const count = state === undefined ? body.totalCount : body[listed[state]];
    const what = () => `${groupId} ${seq} ${state}: ${JSON.stringify(body)}`;
    findings.check('CT1 counts add up', addsUp(body), what);
    findings.check('CT1 counts are the lists', body.members.length === count, what);
  }
}
