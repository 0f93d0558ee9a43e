import fc from 'fast-check';
import {
  type GroupSettings,
  newGroup,
  type ReferenceChat,
  type ReferenceGroup,
} from '../../../support/reference/reference-chat.ts';

/** Who and where, by names that read well in a counterexample. */
export const people = ['ann', 'ben', 'cem', 'dia', 'eve'] as const;
export type Person = (typeof people)[number];
export const rooms = ['team', 'pair'] as const;
export type Room = (typeof rooms)[number];

const startingMembers: Record<Room, readonly [Person, ...Person[]]> = {
  team: ['ann', 'ben', 'cem', 'dia'],
  pair: ['ann', 'ben'],
};

/** How a run begins. */
export interface Setting {
  team: GroupSettings;
  pair: GroupSettings;
}

const tracking = fc.constantFrom('receipts' as const, 'receipts' as const, 'positions' as const);
const visibility = fc.constantFrom('members' as const, 'sender' as const, 'admins' as const);

export const settings: fc.Arbitrary<Setting> = fc.record({
  team: fc.record({
    kind: fc.constant('group' as const),
    tracking,
    visibility,
    historyForNewMembers: fc.integer({ min: 0, max: 6 }),
  }),
  pair: fc.record({
    kind: fc.constant('direct' as const),
    tracking: fc.constant('receipts' as const),
    visibility: fc.constant('members' as const),
    historyForNewMembers: fc.constant(100),
  }),
});

/** A chat as it should be right after its groups were made, under ids nobody else uses. */
export function openingScene(setting: Setting, run: string, now: number): ReferenceChat {
  const id = (person: Person) => `${person}-${run}`;
  const group = (room: Room): ReferenceGroup => {
    const [owner, ...others] = startingMembers[room];
    return newGroup(`${room}-${run}`, setting[room], [id(owner), ...others.map(id)]);
  };
  return {
    now,
    retentionDays: 3,
    userIds: people.map(id),
    groups: rooms.map(group),
    receiptsOff: new Set(),
  };
}

export const userNamed = (chat: ReferenceChat, person: Person): string =>
  chat.userIds[people.indexOf(person)] as string;

export const groupNamed = (chat: ReferenceChat, room: Room): ReferenceGroup =>
  chat.groups[rooms.indexOf(room)] as ReferenceGroup;
