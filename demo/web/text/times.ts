const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The time of day. */
export const timeOfDay = (at: number, locale: string): string =>
  new Date(at).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' });

/** How many midnights lie between the two: 0 on the same day, 1 for yesterday. */
function daysBetween(at: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / dayMs);
}

const maxNamedDays = 6;

/** A day as people call it: Today, Yesterday, Monday, 3 May, 3 May 2024. */
export function dayName(at: number, now: number, locale: string): string {
  const days = daysBetween(at, now);
  const date = new Date(at);
  if (days === 0 || days === 1) {
    const name = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day');
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  }
  if (days > 1 && days <= maxNamedDays) return date.toLocaleDateString(locale, { weekday: 'long' });
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString(locale, {
    ...{ month: 'long', day: 'numeric' },
    ...(!isThisYear && { year: 'numeric' }),
  });
}

/** For a list: the time of day for today, then Yesterday, a weekday, a date in figures. */
export function shortTime(at: number, now: number, locale: string): string {
  const days = daysBetween(at, now);
  if (days === 0) return timeOfDay(at, locale);
  if (days === 1) return dayName(at, now, locale);
  if (days > 1 && days <= maxNamedDays) {
    return new Date(at).toLocaleDateString(locale, { weekday: 'short' });
  }
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'short' });
}

/** A length of time in its two largest units: `850 ms`, `4.2 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < minuteMs) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < hourMs)
    return `${Math.floor(ms / minuteMs)} min ${Math.floor((ms % minuteMs) / 1000)} s`;
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h ${Math.floor((ms % hourMs) / minuteMs)} min`;
  return `${Math.floor(ms / dayMs)} d ${Math.floor((ms % dayMs) / hourMs)} h`;
}

/** A countdown: `4:07`. */
export const countdown = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** How long to wait, in whole units and never less than it takes: `45 seconds`, `5 minutes`. */
export function waitingTime(ms: number, locale: string): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unitDisplay: 'long', unit }).format(value);
}
