import { createGroup } from '../../functions/groups/create-group.ts';
import { sendMessage } from '../../functions/messages/send-message.ts';
import { listUnread } from '../../functions/sync/list-unread.ts';
import { meterUnits } from '../../test/support/service/meter-units.ts';
import { type Design, designs } from '../baselines/all-designs.ts';
import { content, startMs } from '../played/acts.ts';
import { unwrap } from '../played/grown-group.ts';
import { type InMemory, openInMemory, openMeteredService } from '../played/in-memory.ts';
import { short } from '../reports/bench-table.ts';
import type { Scenario } from './scenario.ts';

const groups = 200;
const memberIds = ['ann-00000001', 'bob-00000001', 'cat-00000001'];
const [author = '', reader = ''] = memberIds;
const idOf = (group: number): string => `team-${String(group).padStart(7, '0')}`;

interface OpeningFigures {
  design: string;
  readUnits: number;
  requests: number;
  unread: number;
}

/** One call answers for all groups. */
async function openSeenby({ openPlace }: InMemory): Promise<OpeningFigures> {
  const { service, units, time } = await openMeteredService(openPlace, startMs);
  const settings = { kind: 'group', visibility: 'members', tracking: 'receipts' } as const;
  for (let group = 0; group < groups; group++) {
    const made = { name: 'Team', memberIds, historyForNewMembers: 100 };
    // A user may not make groups faster than this.
    time.now += 60_000;
    const caller = { userId: author };
    unwrap(await createGroup(service, caller, { groupId: idOf(group), ...settings, ...made }));
    const message = { clientMessageId: 'client-00001', content, messageType: 'text' } as const;
    unwrap(await sendMessage(service, caller, { groupId: idOf(group), ...message }));
  }
  units.reset();
  const { totalUnreadCount } = await listUnread(service, reader, 'eventual');
  const { read: readUnits, requests } = units;
  return { design: 'Seenby', readUnits, requests: requests.length, unread: totalUnreadCount };
}

/** Each group is asked for its unread count. Which groups there are is not charged. */
async function openDesign(design: Design, { openPlace }: InMemory): Promise<OpeningFigures> {
  const place = await openPlace(design);
  const stores = Array.from({ length: groups }, (_, i) => design.open(place, idOf(i)));
  for (const store of stores) {
    await store.createGroup(memberIds);
    await store.send(author, content, startMs);
  }
  const units = meterUnits(place.documents);
  const counts = await Promise.all(stores.map((store) => store.unread(reader)));
  const { read: readUnits, requests } = units;
  const unread = counts.reduce((sum, each) => sum + each, 0);
  return { design: design.name, readUnits, requests: requests.length, unread };
}

export const openingScenario: Scenario = {
  name: 'opening',
  about: 'unread counts of 200 groups, as a client asks for when it connects',
  isTimed: false,
  async run() {
    const inMemory = await openInMemory();
    const figures: OpeningFigures[] = [];
    for (const design of designs) {
      const isSeenby = design.table === 'stack';
      figures.push(await (isSeenby ? openSeenby(inMemory) : openDesign(design, inMemory)));
    }
    const wrong = figures.filter(({ unread }) => unread !== groups);
    return {
      tables: [
        {
          title: 'Unread counts of 200 groups',
          head: ['', 'read units', 'requests to DynamoDB'],
          rows: figures.map((each) => [each.design, short(each.readUnits), `${each.requests}`]),
        },
      ],
      figures,
      faults: wrong.map(({ design, unread }) => `${design} shows ${unread} unread messages`),
    };
  },
};
