import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import type { Connection, Recipient } from '../../store/users/connections.ts';

/** What of a frame is for somebody who sees a group from a message on; nothing if it is about others. */
export type FrameFrom = (fromSeq: number) => ServerFrame | undefined;

/** A frame and the users it goes to, on all their devices but one. */
export interface AddressedFrame {
  frame: ServerFrame | FrameFrom;
  recipients: readonly Recipient[];
  except?: string | undefined;
}

/** A frame and the connections it goes to. */
export interface Delivery {
  frame: ServerFrame;
  connections: readonly Connection[];
}
