type Details = Record<string, string | number | boolean | undefined>;

/** One JSON line for an on-call engineer. Details never hold a token, a message or a query string. */
export function logFault(what: string, error: unknown, details: Details = {}): void {
  console.error(JSON.stringify({ level: 'error', what, ...details, ...describe(error) }));
}

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const { name, message, stack, cause } = error;
  return { error: name, message, stack, ...(cause !== undefined && { cause: describe(cause) }) };
}
