const methods = ['log', 'info', 'warn', 'error'] as const;

/** Runs the service without its log lines. Throws what it logged as a fault, if it did. */
export async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const before = methods.map((method) => console[method]);
  const faults: unknown[][] = [];
  for (const method of methods) console[method] = () => {};
  console.error = (...logged) => void faults.push(logged);
  try {
    const value = await run();
    const [fault] = faults;
    if (fault) throw new Error(`the service logged a fault: ${JSON.stringify(fault)}`);
    return value;
  } finally {
    for (const [i, method] of methods.entries()) console[method] = before[i] as () => void;
  }
}
