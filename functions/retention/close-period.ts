import { hiddenPeriods, periodsWithMessages } from '@seenby/core/retention.ts';
import type { Service } from '../service/service.ts';
import { rollUpPeriod } from '../statistics/roll-up-group.ts';
import type { PeriodArchive } from './period-archive.ts';

/**
 * What is left to do for a period of a group that is hidden and not yet deleted: its last roll-up, and
 * where there is an archive, its messages and receipts go there.
 */
export async function closePeriod(
  service: Service,
  archive: PeriodArchive | undefined,
  groupId: string,
  firstDay: number,
): Promise<void> {
  const group = await service.groups.get(groupId);
  const { retentionDays } = service;
  const messages = periodsWithMessages(
    group?.periods ?? {},
    group?.lastSeq ?? 0,
    retentionDays,
  ).find((each) => each.firstDay === firstDay);
  if (!group || !messages) return;
  const members = await service.members.ofGroup(groupId, 'strong');
  // Of the period before, some may have been deleted by now: it was counted while it was whole.
  const [newest] = hiddenPeriods(service.clock(), retentionDays);
  if (firstDay === newest) await rollUpPeriod(service, group, members, messages);
  await archive?.keep(group, members, messages);
}
