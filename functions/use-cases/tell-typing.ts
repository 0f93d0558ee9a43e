import { done, notFound, type Outcome } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';

/** Tells who else has the group open that someone is writing. Nothing is stored and nothing replied. */
export async function tellTyping(
  service: Service,
  { userId, connectionId }: Caller,
  groupId: string,
): Promise<Outcome<[]>> {
  const membership = await service.members.membership(groupId, userId, 'eventual');
  if (!membership) return notFound();
  return done(
    [],
    [
      {
        to: 'subscribers',
        groupId,
        except: connectionId,
        frame: { type: 'typing_indicator', groupId, userId },
      },
    ],
  );
}
