import type { InvocationLog } from '@seenby/local-cloud/lambda/functions.ts';

type Invocation = Parameters<InvocationLog>[0];

/** What an invocation may end with, and why no test of the shared cloud is at fault then. */
const expectedOutcomes = [
  // How an authorizer refuses; tests ask for it.
  /^Error: Unauthorized/,
  // The end of the run cuts short the last frames.
  /^Sandbox\.Stopped/,
];

/** [SE6] Two parts of a token, and the content that most messages of the tests have. */
const secrets = /eyJ[\w-]{8,}\.[\w-]{8,}|\bHello\b/;

/** Lines of a function that hold a token or the content of a message. */
export const secretsIn = ({ functionName, error = '', lines }: Invocation): string[] =>
  [error, ...lines]
    .filter((line) => secrets.test(line))
    .map((line) => `${functionName} logged a secret: ${line}`);

/**
 * Errors of functions that no test asked for: what a function catches and only logs would pass every
 * test. Lines are Lambda's JSON log events; a line of another form is no error by itself, and what
 * crashes a function is the outcome of its invocation.
 */
export function unexpectedErrorsOf({ functionName, error, lines }: Invocation): string[] {
  const failed = error !== undefined && !expectedOutcomes.some((pattern) => pattern.test(error));
  const errors = failed ? [error, ...lines] : lines.filter((line) => isErrorLine(line, error));
  return errors.map((line) => `${functionName}: ${line}`);
}

/** Lambda logs what a function throws: that line says no more than the outcome. */
function isErrorLine(line: string, outcome: string | undefined): boolean {
  try {
    const { level, message } = JSON.parse(line) as LogEvent;
    const isOutcome = `${message?.errorType}: ${message?.errorMessage}` === outcome;
    return (level === 'ERROR' || level === 'FATAL') && !isOutcome;
  } catch {
    return false;
  }
}

interface LogEvent {
  level?: unknown;
  message?: { errorType?: unknown; errorMessage?: unknown };
}
