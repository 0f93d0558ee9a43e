import pMap from 'p-map';
import type { Member } from './member.ts';

/** So many at a time: the machine has other things to do as well. */
const comingAtOnce = 4;
/** Most of them are there already. */
const catchingUpAtOnce = 16;

/** Members who come and leave together. */
export class Attendance {
  readonly members: readonly Member[];
  #round = 0;

  constructor(members: readonly Member[]) {
    this.members = members;
  }

  get connected(): number {
    return this.members.filter(({ isConnected }) => isConnected).length;
  }

  /** How many have the group on the screen. */
  get watching(): number {
    return this.members.filter(({ isConnected, group }) => isConnected && group.isOpen).length;
  }

  /** True once all are there, false when they were told to leave meanwhile. */
  async come(): Promise<boolean> {
    const round = ++this.#round;
    await pMap(
      this.members,
      async (member) => {
        if (round === this.#round) await member.come();
      },
      { concurrency: comingAtOnce },
    );
    return round === this.#round;
  }

  /**
   * All put the group on the screen. Whoever has it there is told of everyone who comes: to open it first would be
   * a frame for each two of them.
   */
  async open(): Promise<void> {
    await pMap(this.members, (member) => member.open(), { concurrency: catchingUpAtOnce });
  }

  /** All read what there is within this time, those included who are away. */
  hurry(withinMs: number): void {
    for (const member of this.members) member.hurry(withinMs);
  }

  leave(): void {
    this.#round += 1;
    for (const member of this.members) member.leave();
  }

  /** Nobody does anything by profile any more; who is connected stays so. */
  keepStill(): void {
    this.#round += 1;
    for (const member of this.members) member.keepStill();
  }

  /** Everybody reads up to a message, whatever the profiles. Rejects when told to leave meanwhile. */
  async catchUp(seq: number): Promise<void> {
    await pMap(this.members, (member) => member.catchUp(seq), { concurrency: catchingUpAtOnce });
  }
}
