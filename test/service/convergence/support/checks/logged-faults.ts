import { inspect } from 'node:util';

/** Runs something, and answers the error lines that functions logged meanwhile instead of printing them. */
export async function withFaultsCollected<T>(
  run: () => Promise<T>,
): Promise<{ value: T; errors: string[] }> {
  const errors: string[] = [];
  const { error, warn, info } = console;
  console.error = (...lines: unknown[]) =>
    errors.push(lines.map((line) => inspect(line)).join(' '));
  console.warn = () => {};
  console.info = () => {};
  try {
    return { value: await run(), errors };
  } finally {
    Object.assign(console, { error, warn, info });
  }
}
