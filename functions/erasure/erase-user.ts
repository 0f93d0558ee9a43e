import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import pMap from 'p-map';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import type { Service } from '../service/service.ts';
import type { Erasure } from '../store/users/erasures.ts';
import { type Departure, deleteFor, leaveForGood } from './leave-for-good.ts';
import { renameTraces } from './rename-traces.ts';

/** A request is over after 29 seconds, and what it pushes takes its time as well. */
const maxMs = 12_000;
const maxGroups = 50;
const groupsAtOnce = 4;

/** A group that was handled, with what follows; or where to go on in it. */
type Handled = Departure & { isDone: boolean };

/**
 * Takes a user out of everything: out of all groups, with profile, settings and figures. What they wrote and
 * read stays, under a pseudonym that nothing leads back from. A request does as much as it has time for, and
 * says how many groups are left: the same request again goes on.
 *
 * Groups to be handled are those that the user is in, and those whose departures are noted. A departure is
 * taken away last, once everybody has been told: until then the group is handled again.
 */
export async function eraseUser(
  service: Service,
  userId: string,
): Promise<ResultWithPushes<AnswerOf<'DELETE /users/{userId}'>>> {
  const at = service.clock();
  const begun = { pseudonym: `erased-${service.newId()}`, startedAt: at };
  const erasure = await service.erasures.begin(userId, begun);
  await service.erasures.eraseOwn(userId, at);
  service.profiles.forget(userId);
  await service.statistics.forget(userId);
  await service.snapshots.forget(userId);
  const groupIds = await groupsOf(service, userId);
  const isOver = () => service.clock() - at > maxMs;
  const handled = await pMap(
    groupIds.slice(0, maxGroups),
    (groupId) => (isOver() ? undefined : eraseIn(service, groupId, userId, erasure, isOver)),
    { concurrency: groupsAtOnce },
  );
  const done = handled.filter((each) => each?.isDone).length;
  const remaining = groupIds.length - done;
  return doneWithPushes(
    { remaining },
    handled.flatMap((each) => each?.pushes ?? []),
    async () => {
      for (const each of handled) await each?.noteTold?.();
      if (remaining === 0) await service.erasures.end(userId, at);
    },
  );
}

async function groupsOf({ members, departures }: Service, userId: string): Promise<string[]> {
  const [present, left] = await Promise.all([members.groupIdsOf(userId), departures.of(userId)]);
  return [...new Set([...present, ...left])];
}

async function eraseIn(
  service: Service,
  groupId: string,
  userId: string,
  { pseudonym, startedAt }: Erasure,
  isOver: () => boolean,
): Promise<Handled> {
  const renaming = { userId, pseudonym };
  const departure = await service.departures.get(userId, groupId);
  const member = await service.members.get(groupId, userId);
  const alive = await service.groups.get(groupId);
  const group = alive ?? (await service.groups.getDeleted(groupId, userId));
  const isOurs = (departure?.at ?? 0) >= startedAt;
  const { pushes, noteTold } = await depart();
  // What they sent until they were out; of a group that went with them there is nothing newer.
  const left = (await service.groups.get(groupId)) ?? group;
  const from = departure?.sweptTo ?? 1;
  const goOnAt = left && (await renameTraces(service, left, renaming, from, isOver));
  const isDone = goOnAt === undefined;
  return {
    isDone,
    pushes,
    noteTold: async () => {
      await noteTold?.();
      if (!isDone) return service.departures.noteSwept(userId, groupId, goOnAt);
      await service.erasures.renameDeleter(groupId, renaming);
      return service.departures.forget(userId, groupId);
    },
  };
  async function depart(): Promise<Departure> {
    if (alive) return leaveForGood(service, alive, userId, member, isOurs);
    return group && member ? deleteFor(service, groupId, userId) : { pushes: [] };
  }
}
