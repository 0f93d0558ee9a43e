import type { ClientFrame } from '@seenby/protocol/client-frames.ts';
import { isPassing, toSeenbyError } from '../transport/seenby-error.ts';
import type { ReceivedFrame } from '../transport/websocket-transport.ts';
import type { ReadingSession } from './reading-session.ts';

const retryMs = 2000;

export interface ReceiptContext {
  session: ReadingSession;
  groupId: string;
  changed: () => void;
}

/**
 * Sends a frame with receipts. `settle` is called with the confirmation, or without one for those
 * that can never be confirmed; the others stay pending. Answers how long the next attempt has to
 * wait, if there is to be one.
 */
export async function sendReceipts(
  { session, groupId }: ReceiptContext,
  frame: ClientFrame,
  settle: (reply?: ReceivedFrame) => void,
): Promise<number | undefined> {
  try {
    settle(await session.request(frame));
  } catch (cause) {
    const error = toSeenbyError(cause);
    // The next connection resumes by itself.
    if (!session.isConnected || error.code === 'CLOSED') return undefined;
    if (isPassing(error)) return error.retryAfterMs ?? retryMs;
    session.emit('error', { error, groupId });
    settle();
  }
  return undefined;
}
