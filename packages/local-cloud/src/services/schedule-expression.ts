import { TemplateError } from '../template/template-error.ts';

const minuteMs = 60_000;
const unitsMs: Record<string, number> = {
  minute: minuteMs,
  hour: 60 * minuteMs,
  day: 1440 * minuteMs,
};

/** When a rule runs next after a time, in epoch milliseconds. */
export type NextRun = (afterMs: number) => number;

/**
 * Reads `rate(…)` and `cron(minute hour * * ? *)`, in UTC as EventBridge does. Throws TemplateError
 * for a schedule by days or months: nobody waits for it on their machine.
 */
export function readSchedule(expression: string): NextRun {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) {
    const everyMs = Number(rate[1]) * (unitsMs[rate[2] ?? ''] ?? minuteMs);
    return (afterMs) => afterMs + everyMs;
  }
  const cron = /^cron\((\S+) (\S+) [*?] \* [*?] \*\)$/.exec(expression);
  const [minutes, hours] = [valuesOf(cron?.[1], 60), valuesOf(cron?.[2], 24)];
  if (!minutes || !hours) {
    throw new TemplateError(`The local cloud does not know the schedule ${expression}.`);
  }
  return (afterMs) => {
    let at = (Math.floor(afterMs / minuteMs) + 1) * minuteMs;
    const matches = (time: Date) =>
      minutes.has(time.getUTCMinutes()) && hours.has(time.getUTCHours());
    while (!matches(new Date(at))) at += minuteMs;
    return at;
  };
}

/** `*`, `5`, `0,30`, `1-5`, or `10/15`: from 10 on every 15. */
function valuesOf(field: string | undefined, count: number): Set<number> | undefined {
  const values = new Set<number>();
  for (const part of (field ?? '').split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!match) return undefined;
    const [, first, last, step] = match;
    const from = Number(first ?? 0);
    const open = first === undefined || step !== undefined;
    const to = Number(last ?? (open ? count - 1 : from));
    if (from > to || to >= count || step === '0') return undefined;
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}
