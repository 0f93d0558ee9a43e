import type { Answered, Told } from './attacked-service.ts';
import { maySee } from './settings.ts';
import { shownReadings } from './shown-readings.ts';
import type { World } from './world.ts';

/** The messages whose receipts a user may see. */
export function visibleSeqs({ authors, setting, cast }: World, userId: string): number[] {
  const role =
    userId === cast.owner ? ('owner' as const) : userId === cast.admin ? 'admin' : 'member';
  return authors.flatMap((author, i) => (maySee(setting, role, author === userId) ? [i + 1] : []));
}

/** Where an answer tells a caller of a reading that is none of their business. */
export function leaksOf(world: World, userId: string, { body }: Answered): string[] {
  const visible = visibleSeqs(world, userId);
  const ownSeq = world.authors.indexOf(userId) + 1 || Number.POSITIVE_INFINITY;
  const { counts, readers, activeReaders } = shownReadings(body, ownSeq);
  const others = readers.filter((reader) => reader !== userId);
  const leaks = [...counts.keys()]
    .filter((seq) => seq <= world.authors.length && !visible.includes(seq))
    .map((seq) => `counts of ${seq}`);
  if (visible.length === 0 || world.setting.optOut) {
    leaks.push(...others.map((reader) => `a reading of ${reader}`));
  }
  // [TR4] Neither of the two is told whether the other one has read anything.
  if (world.setting.optOut) {
    const own = counts.get(ownSeq);
    if (own && (own.readCount > 1 || own.deliveredCount > 1))
      leaks.push('a read of an own message');
    if (activeReaders > 1) leaks.push('an active reader');
  }
  return leaks;
}

/** Where a push reached somebody whom it is not for. */
export function leaksOfPushes(world: World, told: readonly Told[]): string[] {
  const { former, outsider, otherOwner } = world.cast;
  const strangers = new Set([former, outsider, otherOwner]);
  return told.flatMap(({ userId, frame }) => {
    const isAbout = 'groupId' in frame && frame.groupId === world.groupId;
    const what = `${frame.type} to ${userId}`;
    if (isAbout && strangers.has(userId)) return [what];
    if (frame.type !== 'read_status_update') return [];
    const visible = visibleSeqs(world, userId);
    return (frame.receipts ?? [])
      .filter(({ fromSeq, userId: reader, kind }) => {
        // [TR4] Who opts out keeps reading private; what was delivered they have said themselves.
        const isPrivate = world.setting.optOut !== undefined && kind !== 'delivered';
        return (isPrivate || !visible.includes(fromSeq)) && reader !== userId;
      })
      .map(({ fromSeq }) => `${what} of ${fromSeq}`);
  });
}
