import type { SocketRoute } from '@seenby/protocol/client-frames.ts';
import { type HttpRoute, isForServices } from '@seenby/protocol/http-requests.ts';
import type { Answered, AttackedService } from './attacked-service.ts';
import { frameRules } from './frame-rules.ts';
import { routeRules, type Verdict } from './route-rules.ts';
import { type Cell, roleOf } from './settings.ts';
import { askerOf, seqOfAnother, userOf, type World } from './world.ts';

/** Calls a route as somebody, about a message of another and a member who is not them. */
export function askRoute(
  attacked: AttackedService,
  route: HttpRoute,
  world: World,
  caller: Cell['caller'],
): Promise<Answered> {
  const { cast, groupId } = world;
  const user = userOf(world, caller);
  const { query = {}, body } = routeRules[route].input?.(world, user) ?? {};
  return attacked.request(askerOf(world, caller), route, {
    path: {
      groupId,
      userId: user === cast.target ? cast.owner : cast.target,
      seq: String(seqOfAnother(world, user)),
    },
    query,
    body: body && JSON.stringify(body),
  });
}

export function askFrame(
  attacked: AttackedService,
  type: SocketRoute,
  world: World,
  caller: Cell['caller'],
): Promise<Answered> {
  const userId = userOf(world, caller) ?? '';
  const fields = frameRules[type].fields?.(world, userId);
  return attacked.frame(userId, JSON.stringify({ type, ...fields }));
}

export const isAboutGroup = (route: HttpRoute): boolean =>
  (route.includes('{groupId}') || route === 'POST /me/read') && isForServices(route) !== 'alone';

/** What a caller is to be answered, by rule. */
export function expectedOfRoute(route: HttpRoute, { setting, caller }: Cell): Verdict {
  const services = isForServices(route);
  // [SE1] A backend that acts for nobody may what is marked so; what is marked so alone, nobody else may.
  if (caller === 'service') return services ? 'ok' : 'FORBIDDEN';
  if (services === 'alone') return 'FORBIDDEN';
  if (!isAboutGroup(route)) return 'ok';
  const role = roleOf(caller);
  if (!role) return 'NOT_FOUND';
  return routeRules[route].member?.(role, setting) ?? 'ok';
}

export function expectedOfFrame(type: SocketRoute, { caller }: Cell): Verdict {
  return roleOf(caller) || frameRules[type].isForEverybody ? 'ok' : 'NOT_FOUND';
}

interface Coded {
  code?: Verdict;
  error?: { code: Verdict };
  groups?: Coded[];
}

/** The code of an answer, of its one group, or of one of the replies. */
export function verdictOf({ status, body }: Answered): Verdict {
  if (Array.isArray(body)) return (body as Coded[]).find(({ code }) => code)?.code ?? 'ok';
  const { error, groups } = body as Coded;
  const code = (error ?? groups?.find((group) => group.error)?.error)?.code;
  return code ?? (status < 300 ? 'ok' : 'INTERNAL');
}
