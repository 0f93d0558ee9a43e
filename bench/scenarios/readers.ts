import { meterUnits } from '../../test/support/service/meter-units.ts';
import { type Design, designs } from '../baselines/all-designs.ts';
import { content, groupId, startMs } from '../played/acts.ts';
import { type InMemory, openInMemory } from '../played/in-memory.ts';
import { short } from '../reports/bench-table.ts';
import { userIdsOf } from '../support/user-ids.ts';
import type { Scenario } from './scenario.ts';

const members = 500;
const secondsBetweenReads = 7;
/** `recorder` takes what comes within two minutes: so many reads. */
const readsOfBatch = Math.floor(120 / secondsBetweenReads);
const messagesBetween = 100;

interface ReadersFigures {
  design: string;
  fresh: number;
  old: number;
}

/** The later messages are read by everyone in one mark, after the first was read one by one. */
async function measure(design: Design, { openPlace }: InMemory): Promise<ReadersFigures> {
  const place = await openPlace(design);
  const group = design.open(place, groupId);
  const [author = '', ...readers] = userIdsOf(members);
  await group.createGroup([author, ...readers]);
  const readSlowly = async (seqs: number[], fromMs: number) => {
    for (const [i, userId] of readers.entries()) {
      await group.read({ userId, seqs, at: fromMs + i * 1000 * secondsBetweenReads });
      if (i % readsOfBatch === 0) await group.settle?.();
    }
    await group.settle?.();
  };
  await group.send(author, content, startMs);
  await readSlowly([1], startMs + 1000);
  const units = meterUnits(place.documents);
  const list = async (seq: number) => {
    units.reset();
    const listed = await group.readers(seq);
    if (listed.length !== readers.length) throw new Error(`${design.name} lists ${listed.length}`);
    return units.read;
  };
  const fresh = await list(1);
  const later = startMs + 86_400_000;
  const seqs: number[] = [];
  for (let i = 0; i < messagesBetween; i++) {
    seqs.push(await group.send(author, content, later + 1000 * i));
  }
  for (const userId of readers) await group.read({ userId, seqs, at: later + 600_000 });
  await group.settle?.();
  return { design: design.name, fresh, old: await list(1) };
}

export const readersScenario: Scenario = {
  name: 'readers',
  about: 'the list of the 499 readers of a message, just read and 100 messages later',
  isTimed: false,
  async run({ say }) {
    const inMemory = await openInMemory();
    const figures: ReadersFigures[] = [];
    for (const design of designs) {
      say(design.name);
      figures.push(await measure(design, inMemory));
    }
    return {
      tables: [
        {
          title: 'Readers of a message that 499 read one by one, in read units',
          head: ['', 'just read', '100 messages and a day later'],
          rows: figures.map(({ design, fresh, old }) => [design, short(fresh), short(old)]),
        },
      ],
      figures,
    };
  },
};
