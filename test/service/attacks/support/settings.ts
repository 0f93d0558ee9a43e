import type { GroupKind, Role, Tracking, Visibility } from '@seenby/protocol/entities.ts';
import { visibilities } from '@seenby/protocol/enums.ts';

/** Everybody who may come to a group's door. The last one has a backend's token and names a member. */
export const callerKinds = [
  ...(['outsider', 'former member', 'owner of another group', 'member', 'admin', 'owner'] as const),
  ...(['service', 'service for a member'] as const),
] as const;
export type CallerKind = (typeof callerKinds)[number];

/** How a group is set up. */
export interface Setting {
  title: string;
  kind: GroupKind;
  /** As asked for. */
  asked: Tracking | 'auto';
  /** What the group does, by the rule of `auto`. */
  tracking: Tracking;
  visibility: Visibility;
  /** Members beside those with a part in the tests. */
  moreMembers: number;
  /** Who of a direct chat has read receipts off. */
  optOut?: 'owner' | 'member';
}

const inGroups = (asked: Setting['asked'], tracking: Tracking): Setting[] =>
  visibilities.map((visibility) => ({
    ...{ title: `${asked}, ${visibility}`, kind: 'group', asked, tracking, visibility },
    moreMembers: 0,
  }));

const autoOfMany: Setting = {
  ...{ title: 'auto, of many', kind: 'group', asked: 'auto', tracking: 'positions' },
  ...{ visibility: 'members', moreMembers: 200 },
};

const direct = (title: string, more: Partial<Setting> = {}): Setting => ({
  ...{ title, kind: 'direct', asked: 'receipts', tracking: 'receipts', visibility: 'members' },
  ...{ moreMembers: 0, ...more },
});

export const settings: readonly Setting[] = [
  ...inGroups('receipts', 'receipts'),
  ...inGroups('positions', 'positions'),
  ...inGroups('auto', 'receipts'),
  autoOfMany,
  direct('direct'),
  direct('direct, the owner opted out', { optOut: 'owner' }),
  direct('direct, the member opted out', { optOut: 'member' }),
];

/** One caller at one group. */
export interface Cell {
  setting: Setting;
  caller: CallerKind;
}

/** As what a caller belongs to the group. */
export function roleOf(caller: CallerKind): Role | undefined {
  if (caller === 'service for a member') return 'member';
  return caller === 'member' || caller === 'admin' || caller === 'owner' ? caller : undefined;
}

export const cells: readonly Cell[] = settings.flatMap((setting) =>
  callerKinds
    // A direct chat has an owner and a member, and nobody else.
    .filter((caller) => setting.kind === 'group' || caller !== 'admin')
    .map((caller) => ({ setting, caller })),
);

/** [TR1] [TR3] Whether a member may see who has read a message. */
export function maySee(setting: Setting, role: Role, isAuthor: boolean): boolean {
  if (setting.tracking === 'positions') return false;
  if (setting.visibility === 'members' || isAuthor) return true;
  return setting.visibility === 'admins' && role !== 'member';
}
