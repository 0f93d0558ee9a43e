/** API Gateway's quotas for WebSocket APIs. */
export interface SocketLimits {
  maxMessageBytes: number;
  maxFrameBytes: number;
  /** Without a frame either way. */
  idleMs: number;
  lifeMs: number;
  /** What a slow client may leave unread before posts to it are throttled. AWS names no figure. */
  maxBufferedBytes: number;
}

export const awsSocketLimits: SocketLimits = {
  maxMessageBytes: 128 * 1024,
  maxFrameBytes: 32 * 1024,
  idleMs: 10 * 60_000,
  lifeMs: 2 * 60 * 60_000,
  maxBufferedBytes: 1024 * 1024,
};
