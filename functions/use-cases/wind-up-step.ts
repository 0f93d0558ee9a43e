import { hiddenSteps, stepsOfMessages } from '../../core/retention.ts';
import type { StepArchive } from '../archive/step-archive.ts';
import type { Service } from '../service.ts';
import { countStep } from './count-group.ts';

/**
 * What is left to do for a step of a group that is hidden and not yet deleted: its last count, and
 * where there is an archive, its messages and receipts go there.
 */
export async function windUpStep(
  service: Service,
  archive: StepArchive | undefined,
  groupId: string,
  step: number,
): Promise<void> {
  const group = await service.groups.get(groupId);
  const { retentionDays } = service;
  const messages = stepsOfMessages(group?.steps ?? {}, group?.lastSeq ?? 0, retentionDays).find(
    (each) => each.step === step,
  );
  if (!group || !messages) return;
  const members = await service.members.ofGroup(groupId, 'strong');
  // Of the step before, some may have been deleted by now: it was counted while it was whole.
  const [newest] = hiddenSteps(service.clock(), retentionDays);
  if (step === newest) await countStep(service, group, members, messages);
  await archive?.keep(group, members, messages);
}
