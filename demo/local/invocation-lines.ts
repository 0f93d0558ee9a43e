import type { InvocationLog } from '@seenby/local-cloud/lambda/functions.ts';

type Invocation = Parameters<InvocationLog>[0];

/** An authorizer refuses a token, or the end of all cuts an invocation short: nothing is wrong. */
const expected = /^(Error: Unauthorized|Sandbox\.Stopped)/;
/** Lambda's own log levels of faults. */
const faulty = /"level":"(ERROR|FATAL)"/;

const nameOf = ({ functionName }: Invocation): string => functionName.replace(/[0-9A-F]{8}$/, '');

/** What went wrong in an invocation, a line each; usually nothing. */
export function faultLinesOf(invocation: Invocation): string[] {
  const { error, lines } = invocation;
  const logged = lines.filter((line) => faulty.test(line)).map((line) => line.trimEnd());
  const failed = error !== undefined && !expected.test(error) ? [error] : [];
  // What a function throws, Lambda logs as well.
  const all = logged.length > 0 && (error === undefined || failed.length > 0) ? logged : failed;
  return all.map((line) => `✗ ${nameOf(invocation)}  ${line}`);
}

/** Everything about an invocation: how long it took, and what it printed. */
export function linesOf(invocation: Invocation): string[] {
  const { durationMs, coldStart, error, lines } = invocation;
  const duration = `${Math.round(durationMs)} ms`.padStart(8);
  const outcome = `${coldStart ? ' (cold)' : ''}${error ? `  ✗ ${error}` : ''}`;
  return [
    `${nameOf(invocation).padEnd(14)} ${duration}${outcome}`,
    ...lines.map((line) => `    ${line.trimEnd()}`),
  ];
}
