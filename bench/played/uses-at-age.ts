import type { CallUse, GrownGroup } from './grown-group.ts';

const newest = 50;

export interface AgeFigures {
  messages: number;
  send: CallUse;
  mark: CallUse;
  counts: CallUse;
  list: CallUse;
}

/** What calls take in a group with so many messages, all of which the reader had read. */
export async function usesAtAge(group: GrownGroup, messages: number): Promise<AgeFigures> {
  const [, first = '', second = ''] = group.memberIds;
  await group.growTo(messages);
  await group.read(first, messages);
  await group.read(second, messages);
  const send = await group.use(group.send);
  const seq = messages + 1;
  return {
    ...{ messages, send },
    mark: await group.use(() => group.read(first, seq)),
    counts: await group.use(() => group.counts(Math.max(1, seq - newest + 1), seq)),
    list: await group.use(() => group.list(seq)),
  };
}
