const units = [
  ['second', 1000],
  ['minute', 60],
  ['hour', 60],
  ['day', 24],
] as const;

/** A length of time in one unit: `0.9 sec`, `4.2 min`, `17 hr`. */
export function shortDuration(ms: number, locale: string): string {
  let value = ms;
  let unit: string = 'second';
  for (const [name, size] of units) {
    if (name !== 'second' && value < size) break;
    value /= size;
    unit = name;
  }
  return new Intl.NumberFormat(locale, {
    ...{ style: 'unit', unit, unitDisplay: 'short' },
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** A share from 0 to 1: `87%`. Only what is whole says 100 %, and only nothing says 0 %. */
export function percent(share: number, locale: string): string {
  const isEdge = share > 0.99 || share < 0.01;
  const digits = isEdge && share > 0 && share < 1 ? 2 : 0;
  const shown = digits > 0 ? Math.min(0.9999, Math.max(0.0001, share)) : share;
  return new Intl.NumberFormat(locale, {
    ...{ style: 'percent', maximumFractionDigits: digits, roundingMode: 'trunc' },
  }).format(shown);
}

/** `2026-11-27` is a day of UTC. */
const dayIn = (day: string, locale: string, month: 'short' | 'numeric'): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString(locale, {
    ...{ month, day: 'numeric', timeZone: 'UTC' },
  });

export const shortDay = (day: string, locale: string): string => dayIn(day, locale, 'short');

/** `11/27`, where there is no room for more. */
export const numericDay = (day: string, locale: string): string => dayIn(day, locale, 'numeric');
