/** Something that must not be: in which group, what, and what shows it. */
export interface Finding {
  groupId: string;
  what: FindingKind;
  detail: string;
}

/** `lost` and `wrong` are what the report counts. */
export const findingKinds = {
  'acknowledged message is missing': 'lost',
  'acknowledged read is missing': 'lost',
  'acknowledged delivery is missing': 'lost',
  'position is behind what was acknowledged': 'lost',
  'message is not as it was sent': 'wrong',
  'message was refused and is stored': 'wrong',
  'message is stored twice': 'wrong',
  'message that nobody sent': 'wrong',
  'seq is missing': 'wrong',
  'read that nobody made': 'wrong',
  'delivery that nobody made': 'wrong',
  'time outside of the request': 'wrong',
  'read and not delivered': 'wrong',
  'position beyond the last message': 'wrong',
  'position went back': 'wrong',
  'counts differ from the list': 'wrong',
  'counts do not add up': 'wrong',
  'frame to somebody who is no member': 'wrong',
  'client shows something else': 'wrong',
} as const;

export type FindingKind = keyof typeof findingKinds;
