import { type GroupUse, usualUse } from '@seenby/core/costs/group-use.ts';

/** The numbers that a reader chooses, in the units that the form shows: shares in percent. */
export const fields = {
  members: { min: 2, max: 1000, step: 1 },
  messagesADay: { min: 0, max: 100_000, step: 1 },
  shareOnline: { min: 0, max: 100, step: 1 },
  shareWatching: { min: 0, max: 100, step: 1 },
  secondsBetweenReads: { min: 0, max: 3600, step: 'any' },
  messagesPerMark: { min: 1, max: 1000, step: 1 },
  hoursOnlineADay: { min: 0, max: 24, step: 'any' },
  connectedUsers: { min: 0, max: 10_000_000, step: 1 },
} as const;

export type Field = keyof typeof fields;
export const fieldNames = Object.keys(fields) as Field[];

export type Choice = Record<Field, number> & { visibility: GroupUse['visibility'] };

const isPercent = (name: Field): boolean => name.startsWith('share');

export const usualChoice: Choice = {
  ...(Object.fromEntries(
    fieldNames.map((name) => [name, usualUse[name] * (isPercent(name) ? 100 : 1)]),
  ) as Record<Field, number>),
  visibility: usualUse.visibility,
};

export function toUse(choice: Choice): GroupUse {
  const { shareOnline, shareWatching } = choice;
  return {
    ...{ ...usualUse, ...choice },
    ...{ shareOnline: shareOnline / 100, shareWatching: shareWatching / 100 },
  };
}

/** Undefined for what is no number within the limits of the field. */
export function readField(name: Field, text: string): number | undefined {
  const value = Number(text);
  const { min, max, step } = fields[name];
  const isNumber = text.trim() !== '' && Number.isFinite(value) && value >= min && value <= max;
  return isNumber && (step === 'any' || isPercent(name) || Number.isInteger(value))
    ? value
    : undefined;
}

/** What the address of the page says, so that a choice can be passed on; the usual where it says nothing. */
export function readChoice(hash: string): Choice {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const numbers = fieldNames.map((name) => [
    name,
    readField(name, asked.get(name) ?? '') ?? usualChoice[name],
  ]);
  const visibility = asked.get('visibility') === 'sender' ? 'sender' : 'members';
  return { ...Object.fromEntries(numbers), visibility } as Choice;
}

/** Only what is not usual. */
export function writeChoice(choice: Choice): string {
  const changed = fieldNames.filter((name) => choice[name] !== usualChoice[name]);
  const asked = new URLSearchParams(changed.map((name) => [name, String(choice[name])]));
  if (choice.visibility !== 'members') asked.set('visibility', choice.visibility);
  return asked.toString();
}
