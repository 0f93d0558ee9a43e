import { type Act, type Action, type Actions, inGroup } from './act.ts';
import { administer } from './administration.ts';
import { look } from './looking.ts';

/** The last message of the group that this device knows of. */
const lastSeqOf = ({ device, groupId }: Act): number =>
  device.groups.get(groupId)?.status.lastSeq ?? 0;

/** One of its messages; more often one of the newest. */
function seqOf(act: Act): number {
  const lastSeq = lastSeqOf(act);
  return Math.max(1, Math.ceil(lastSeq * Math.sqrt(act.step.at ?? 1)));
}

const by = ({ step }: Act, share: number): boolean => (((step.at ?? 0) * 1000) % 100) / 100 < share;

async function send(act: Act): Promise<void> {
  const { simulation, device, groupId, step } = act;
  const content = `message ${simulation.nextNumber()}`;
  const mentions = by(act, 0.2) && step.who ? { mentions: [step.who] } : {};
  const messageType = by(act, 0.1) ? 'voice' : 'text';
  const message = { clientMessageId: `m-${content.slice(8)}`, content, messageType, ...mentions };
  const reply = by(act, 0.7)
    ? await device.requests.frame({ type: 'send_message', groupId, ...message })
    : (await device.requests.http('POST', inGroup(groupId, '/messages'), message)).body;
  const sent = (reply as { message?: { seq?: number } } | undefined)?.message;
  if (typeof sent !== 'object' || sent.seq === undefined) return;
  simulation.acknowledge({ kind: 'sent', groupId, userId: device.userId, seq: sent.seq, content });
}

async function mark(act: Act, kind: 'read' | 'delivered', target: object, seqs: number[]) {
  const { simulation, device, groupId } = act;
  if (lastSeqOf(act) === 0) return;
  const isFrame = by(act, 0.7);
  const reply = isFrame
    ? await device.requests.frame({
        type: `mark_${kind}`,
        ...(names(target) ? {} : { groupId }),
        ...target,
      })
    : await device.requests.http('POST', inGroup(groupId, `/${kind}`), target);
  const isDone = isFrame
    ? (reply as { type?: string } | undefined)?.type === `mark_${kind}_confirmed`
    : (reply as { status?: number }).status === 200;
  const from = device.groups.get(groupId)?.status.lastSeq ?? 0;
  for (const seq of seqs) {
    if (!isDone || seq > from || !device.groups.get(groupId)?.messages.has(seq)) continue;
    simulation.acknowledge({ kind, groupId, userId: device.userId, seq });
  }
}

/** Ids of messages say their group. */
const names = (target: object): boolean => 'messageIds' in target;

const readUpTo: Action = (act) => {
  const upTo = by(act, 0.6) ? lastSeqOf(act) : seqOf(act);
  return mark(act, 'read', { upTo }, [upTo]);
};

const readOne: Action = (act) => {
  const seq = seqOf(act);
  const target = { messageIds: [`${act.groupId}.${seq}`] };
  return mark(act, 'read', by(act, 0.5) ? target : { ranges: [{ fromSeq: seq, toSeq: seq }] }, [
    seq,
  ]);
};

const someRanges = (act: Act) => {
  const seq = seqOf(act);
  const other = Math.max(1, seq - 3);
  return {
    ranges: [
      { fromSeq: seq, toSeq: seq },
      { fromSeq: other, toSeq: other },
    ],
    seqs: [seq, other],
  };
};

const readSome: Action = (act) => {
  const { ranges, seqs } = someRanges(act);
  return mark(act, 'read', { ranges }, seqs);
};

const deliver: Action = (act) => {
  const { ranges, seqs } = someRanges(act);
  return mark(act, 'delivered', { ranges }, seqs);
};

const readInSeveral: Action = async ({ simulation, device }) => {
  const positions = [...device.groups]
    .filter(([, { status }]) => status.lastSeq > 0)
    .map(([groupId, { status }]) => ({ groupId, upTo: status.lastSeq }));
  if (positions.length === 0) return;
  const { body } = await device.requests.http('POST', '/me/read', { positions });
  for (const done of (body.groups ?? []) as { groupId: string; error?: object }[]) {
    const seq = positions.find(({ groupId }) => groupId === done.groupId)?.upTo ?? 0;
    const isShown = device.groups.get(done.groupId)?.messages.has(seq);
    if (done.error || !isShown) continue;
    simulation.acknowledge({ kind: 'read', groupId: done.groupId, userId: device.userId, seq });
  }
};

const play: Action = async (act) => {
  const { simulation, device, groupId } = act;
  const seq = seqOf(act);
  const reply = await device.requests.frame({
    type: 'mark_played',
    messageId: `${groupId}.${seq}`,
  });
  if (reply?.type !== 'mark_played_confirmed') return;
  device.ask(groupId);
  simulation.acknowledge({ kind: 'played', groupId, userId: device.userId, seq });
};

const putBack: Action = (act) => {
  const { simulation, device, groupId } = act;
  simulation.notePutBack(device.userId, groupId);
  return device.requests.frame({ type: 'mark_unread', groupId, fromSeq: seqOf(act) });
};

const recall: Action = async (act) => {
  const { simulation, device, groupId } = act;
  const seq = seqOf(act);
  const { status } = await device.requests.http('DELETE', inGroup(groupId, `/messages/${seq}`));
  if (status !== 200) return;
  simulation.acknowledge({ kind: 'recalled', groupId, userId: device.userId, seq });
};

/** What people do, by the name in the script. */
export const actions: Actions = {
  send,
  'read up to': readUpTo,
  'read one': readOne,
  'read some': readSome,
  'read in several groups': readInSeveral,
  deliver,
  play,
  'put back': putBack,
  recall,
  'come back': async ({ device }) => device.line.cut('clean'),
  'break off': async ({ device }) => device.line.cut('half'),
  type: async ({ device, groupId }) => device.requests.tell({ type: 'typing', groupId }),
  ...administer,
  ...look,
};
