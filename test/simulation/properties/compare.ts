import type { CountRange, Counts, GroupStatus, Message } from '@seenby/protocol/entities.ts';
import { eachSeq } from '../../support/each-seq.ts';
import type { Device } from '../people/device.ts';
import type { GroupView } from '../people/group-view.ts';
import { directId } from '../script/script.ts';
import type { Simulation } from '../script/simulation.ts';

interface Truth {
  status: GroupStatus;
  messages: readonly Message[];
  counts: ReadonlyMap<number, Counts>;
}

/** [PU1] [SY2] What every device shows is what the service answers to who asks now. */
export async function compareDevices(simulation: Simulation): Promise<void> {
  const byUser = Map.groupBy(simulation.devices.values(), ({ userId }) => userId);
  for (const devices of byUser.values()) {
    const [first] = devices;
    const truth = first && (await truthOf(first));
    if (!truth) continue;
    for (const device of devices) compare(simulation, device, truth);
  }
}

async function truthOf({ requests }: Device): Promise<Map<string, Truth>> {
  const { body } = await requests.http('GET', '/me/unread');
  const truth = new Map<string, Truth>();
  for (const status of (body.groups ?? []) as GroupStatus[]) {
    const path = `/groups/${encodeURIComponent(status.groupId)}`;
    const history = await requests.http('GET', `${path}/messages?limit=100`);
    const counted = await requests.http('GET', `${path}/receipts?from=1&to=1000`);
    truth.set(status.groupId, {
      status,
      messages: (history.body.messages ?? []) as Message[],
      counts: new Map(eachSeq((counted.body.counts ?? []) as CountRange[])),
    });
  }
  return truth;
}

function compare({ findings }: Simulation, device: Device, truth: Map<string, Truth>): void {
  const shown = [...device.groups.keys()].sort().join();
  const there = [...truth.keys()].sort().join();
  findings.check('PU1 groups are those that there are', shown === there, () => {
    return `${device.name} shows ${shown}, not ${there}`;
  });
  for (const [groupId, { status, messages, counts }] of truth) {
    const view = device.groups.get(groupId);
    if (!view) continue;
    const differs = (rule: string, one: unknown, other: unknown, what: string) => {
      const [had, wanted] = [JSON.stringify(one), JSON.stringify(other)];
      findings.check(rule, had === wanted, () => {
        return `${device.name} (${device.habit}) shows in ${groupId} of ${what} ${had}, not ${wanted}`;
      });
    };
    differs('PU1 own state is shown', stateIn(view.status), stateIn(status), 'itself');
    for (const message of messages) {
      if (message.lost) continue;
      differs(
        'PU1 messages are shown',
        shownIn(view, message.seq),
        toShown(message),
        `${message.seq}`,
      );
    }
    for (const [seq, counted] of counts) {
      // What nobody sees any more has no counts to show.
      const shown = view.messages.get(seq);
      if (!shown || shown.recalled) continue;
      // What one reads in private in a direct chat moves no version: of others' messages one's own reading may show late.
      if (groupId === directId && shown.senderId !== device.userId) continue;
      differs('PU1 counts are shown', view.counts.counts.get(seq), counted, `${seq}`);
    }
  }
}

const stateIn = (status: GroupStatus) => {
  const { readSeq, unreadCount, mentionCount, lastSeq, name, role, tracking, visibility } = status;
  return { readSeq, unreadCount, mentionCount, lastSeq, name, role, tracking, visibility };
};

const toShown = ({ senderId, content, recalled }: Message) => [
  senderId,
  content,
  recalled === true,
];

function shownIn(view: GroupView, seq: number) {
  const shown = view.messages.get(seq);
  return shown && [shown.senderId, shown.content, shown.recalled];
}
