type Details = Record<string, string | number | boolean | undefined>;

/**
 * One line for an on-call engineer: what went wrong, and on which route if there is one. Details never
 * hold a token, a message or a query string. It is logged as an object, because Lambda writes text
 * as text, even where that is JSON, and nothing could be counted by what it says.
 */
export function logFault(what: string, error: unknown, details: Details = {}): void {
  console.error({ what, ...details, ...describe(error) });
}

/** A metric filter counts each by these words. */
export type Warning =
  | 'a connection broke off'
  | 'a frame was given up'
  | 'a request was throttled'
  | 'a run was not finished'
  | 'an event was not taken';

const throttles = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** Whether DynamoDB had too much to do. It has alarms of its own, and is no fault of a function. */
export const isThrottle = (error: unknown): error is Error =>
  error instanceof Error && throttles.has(error.name);

/** What is nobody's fault yet: an engineer wants to know how often it happens. */
export function logWarning(what: Warning, details: Details = {}): void {
  console.warn({ what, ...details });
}

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const { name, message, stack, cause } = error;
  return { error: name, message, stack, ...(cause !== undefined && { cause: describe(cause) }) };
}
