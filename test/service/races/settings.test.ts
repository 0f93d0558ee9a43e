import { expect, it } from 'vitest';
import { type GroupSettings, updateGroup } from '../../../functions/groups/update-group.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { meanwhile } from '../../support/service/meanwhile.ts';
import { openService } from '../../support/service/open-service.ts';

const opened = await openService();
const owner = { userId: 'ann' };

/** Every setting there is, changed: another change must leave it as it is. */
const changed: Required<GroupSettings> = {
  name: 'New',
  visibility: 'sender',
  tracking: 'positions',
};
const changes = Object.entries(changed).map(([name, value]): GroupSettings => ({ [name]: value }));
const pairs = changes.flatMap((one, i) =>
  changes.filter((other) => other !== one).map((other, n) => ({ one, other, id: `g-${i}-${n}` })),
);

it.each(pairs)('[TR7] $one keeps $other, written right before it', async ({ one, other, id }) => {
  const { service, groupId } = await Conversation.begin(opened, id, ['ann', 'bob']);
  const before = await service.groups.get(groupId);
  const change = (settings: GroupSettings) => updateGroup(service, owner, groupId, settings);
  const { answer, came } = await meanwhile(
    opened.documents,
    0,
    () => change(other),
    () => change(one),
  );
  expect([came, answer.ok]).toEqual([true, true]);
  const after = await service.groups.get(groupId);
  expect(after).toMatchObject({ ...one, ...other });
  const shown = [one, other].filter(({ name }) => name === undefined).length;
  expect((after?.turns ?? 0) - (before?.turns ?? 0)).toBe(shown);
});
