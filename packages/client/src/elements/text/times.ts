import type { Words } from './en.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const formats = new Map<string, Intl.DateTimeFormat>();

/** To make one takes as long as to use it a hundred times. */
function formatOf(
  kind: string,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${kind} ${locale}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

const dayOfYear = { month: 'short', day: 'numeric' } as const;
const timeOfDay = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const toTheMs = {
  ...dayOfYear,
  ...timeOfDay,
  second: '2-digit',
  fractionalSecondDigits: 3,
} as const;

/** A point in time to the millisecond, with the day. */
export const exactTime = (at: number, locale: string): string =>
  formatOf('exact', locale, toTheMs).format(at);

/** The time of day for today, otherwise with the date. */
export function shortTime(at: number, now: number, locale: string): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday
    ? formatOf('today', locale, timeOfDay).format(at)
    : formatOf('day', locale, { ...dayOfYear, ...timeOfDay }).format(at);
}

type Units = Pick<Words, 'unitMs' | 'unitSeconds' | 'unitMinutes' | 'unitHours' | 'unitDays'>;

/** A length of time in its two largest units: `850 ms`, `4.2 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(ms: number, units: Units): string {
  const { unitMs, unitSeconds, unitMinutes, unitHours, unitDays } = units;
  if (ms < 1000) return `${Math.floor(ms)} ${unitMs}`;
  if (ms < minuteMs) return `${tenths(ms / 1000)} ${unitSeconds}`;
  if (ms < hourMs) return inTwo(ms, [minuteMs, unitMinutes], [1000, unitSeconds]);
  if (ms < dayMs) return inTwo(ms, [hourMs, unitHours], [minuteMs, unitMinutes]);
  return inTwo(ms, [dayMs, unitDays], [hourMs, unitHours]);
}

const tenths = (value: number): number => Math.floor(value * 10) / 10;

type Unit = readonly [ms: number, name: string];

function inTwo(ms: number, [unitMs, name]: Unit, [lessMs, less]: Unit): string {
  const rest = Math.floor((ms % unitMs) / lessMs);
  return `${Math.floor(ms / unitMs)} ${name}${rest > 0 ? ` ${rest} ${less}` : ''}`;
}

/** A countdown: `4:07`. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
