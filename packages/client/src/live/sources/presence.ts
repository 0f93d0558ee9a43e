import type { Session } from '../../session/session.ts';

const presences = new WeakMap<Session, Map<string, boolean>>();

/** Who of all groups is online, as far as it was told since the connection was made. */
export function presenceOf(session: Session): ReadonlyMap<string, boolean> {
  const known = presences.get(session);
  if (known) return known;
  const presence = new Map<string, boolean>();
  presences.set(session, presence);
  session.on('frame', (frame) => {
    if (frame.type === 'user_status_change') presence.set(frame.userId, frame.status === 'online');
  });
  session.on('connection', ({ state }) => {
    // Who comes and goes meanwhile nobody tells.
    if (state !== 'connected') presence.clear();
  });
  return presence;
}
