import type { ServerFrame } from '@seenby/protocol/server-frames.ts';

/** So few groups fit here, where API Gateway takes hundreds: a story has no hundreds. */
const maxGroups = 2;
const start = '{"type":"connection_established"';

/** The frame that a connection begins with, cut as the service cuts one that is too long. */
export function shortened(text: string): string {
  if (!text.startsWith(start)) return text;
  const frame = JSON.parse(text) as ServerFrame<'connection_established'>;
  if (frame.groups.length <= maxGroups) return text;
  return JSON.stringify({ ...frame, groups: frame.groups.slice(0, maxGroups), truncated: true });
}
