import { logWarning } from '../../runtime/log.ts';

/** Closed by either side, the page left, and a close without a code, which is the browser's default. */
const ordinary = new Set([1000, 1001, 1005]);

/**
 * Logs a connection that broke off, with the code only: the reason is text of the client's. API
 * Gateway reports a disconnection if it can, and closes what is idle or too old with 1001.
 */
export function noteDisconnect(code: number | undefined): void {
  if (code === undefined || ordinary.has(code)) return;
  logWarning('a connection broke off', { code });
}
