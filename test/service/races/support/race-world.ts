import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import type { SocketRoute } from '@seenby/protocol/client-frames.ts';
import type { HttpRoute } from '@seenby/protocol/http-requests.ts';
import { answerRequest } from '../../../../functions/api/http/http-routes.ts';
import { frameRoutes } from '../../../../functions/api/socket/frame-routes.ts';
import { parseFrame } from '../../../../functions/api/socket/parse-frame.ts';
import { addMembers } from '../../../../functions/members/add-members.ts';
import type { Push, ResultWithPushes } from '../../../../functions/push/recipients/push.ts';
import { createService, type Service } from '../../../../functions/service/service.ts';
import { Cursors } from '../../../../functions/store/cursors.ts';
import { messageKey } from '../../../../functions/store/dynamodb/keys.ts';
import type { Item } from '../../../../functions/store/dynamodb/table.ts';
import { Conversation } from '../../../support/service/conversation.ts';
import { type GroupRows, putCopies, rowsOfGroup } from '../../../support/service/copy-group.ts';
import { type OpenedService, openService } from '../../../support/service/open-service.ts';
import type { HttpCall, Person } from './calls.ts';
import { RacingClient } from './racing-client.ts';
import type { Scheduler } from './scheduler.ts';

export interface Answer {
  ok: boolean;
  value?: unknown;
  code?: string;
}

export type Route = HttpRoute | SocketRoute | 'disconnect';

/** A request of somebody, which may be made again just the same. */
export interface Call {
  name: string;
  by: Person;
  route: Route;
  input: object;
  make: (device: string) => Promise<Answer>;
}

export interface Raced {
  call: Call;
  /** None where DynamoDB gave no answer. */
  answer?: Answer | undefined;
}

/** A group before a race: what is different afterwards has to have been told. */
export interface Before {
  group: GroupState;
  members: readonly MemberState[];
}

interface Template extends GroupRows {
  messages: readonly (Item | undefined)[];
}

const template = 'template';
const lastSeq = 3;

/** A service whose calls of DynamoDB can be made to race, and any number of groups just like one. */
export class RaceWorld {
  readonly opened: OpenedService;
  readonly client: RacingClient;
  readonly service: Service;
  /** Everything that has been pushed since the race began. */
  readonly pushed: Push[] = [];
  readonly #template: Template;
  readonly #cursors: Cursors;
  #scheduler: Scheduler | undefined;
  #ids = 0;

  static async open(): Promise<RaceWorld> {
    const opened = await openService();
    // ann owns the group, bob is an admin, cat and dan are members; eve and fay are not in.
    const talk = await Conversation.begin(opened, template, ['ann', 'cat', 'dan']);
    const admins = { groupId: template, memberIds: ['bob'], role: 'admin' as const };
    await addMembers(opened.service, { userId: 'ann' }, admins);
    for (const userId of ['ann', 'cat', 'bob']) await talk.say(userId);
    await talk.read('dan', 1);
    // Races erase users, from the group that others are copies of as well.
    const rows = await rowsOfGroup(opened.table, template);
    const seqs = Array.from({ length: lastSeq }, (_, i) => i + 1);
    const messages = await Promise.all(
      seqs.map((seq) => opened.table.get(messageKey(template, seq))),
    );
    return new RaceWorld(opened, { ...rows, messages });
  }

  constructor(opened: OpenedService, template: Template) {
    this.opened = opened;
    this.#template = template;
    this.client = new RacingClient(opened.documents);
    this.#cursors = new Cursors(opened.table);
    this.service = createService({
      ...{ table: opened.table, retentionDays: 30, clock: () => opened.time.now },
      random: () => 0.5,
      newId: () => `id-${++this.#ids}`,
      wait: () => this.#scheduler?.step('wait', async () => undefined) ?? Promise.resolve(),
    });
  }

  /** The group of a race. */
  async begin(groupId: string): Promise<void> {
    this.pushed.length = 0;
    const { table, time } = this.opened;
    await putCopies(table, this.#template, [groupId]);
    const messages = this.#template.messages.map((row, i) => ({
      ...row,
      ...messageKey(groupId, i + 1),
    }));
    await table.putMany(messages);
    time.now += 10_000;
  }

  async stateOf(groupId: string): Promise<Before> {
    const { groups, members } = this.service;
    const group = await groups.get(groupId);
    if (!group) throw new Error('no group');
    return { group, members: await members.ofGroup(groupId, 'strong') };
  }

  /** Nobody is in them any more: who is in many groups takes longer for everything. */
  async end(...groupIds: readonly string[]): Promise<void> {
    for (const groupId of groupIds) {
      await this.service.members.removeAll(
        groupId,
        await this.service.members.ofGroup(groupId, 'strong'),
      );
    }
  }

  /** Waiting is a step of the race that is on. */
  during<T>(scheduler: Scheduler, run: () => Promise<T>): Promise<T> {
    this.#scheduler = scheduler;
    return run().finally(() => {
      this.#scheduler = undefined;
    });
  }

  async http(userId: Person, route: HttpRoute, call: HttpCall): Promise<Answer> {
    const { path = {}, query = {}, body } = call;
    const context = { service: this.service, cursors: this.#cursors, caller: { userId } };
    const raw = { path, query, body: body && JSON.stringify(body) };
    const outcome = await answerRequest(route, context, raw);
    return this.#tell(outcome, ({ body: answered }) => answered);
  }

  async frame(
    connection: { userId: Person; connectionId: string },
    type: SocketRoute,
    fields: object,
  ): Promise<Answer> {
    const { frame } = parseFrame(JSON.stringify({ type, ...fields }));
    if (!frame.ok) throw new Error(`${type}: ${frame.problem.message}`);
    const endsAt = Number.MAX_SAFE_INTEGER;
    const context = { service: this.service, caller: connection, tokenExpiresAt: endsAt, endsAt };
    const run = frameRoutes[type] as (
      on: typeof context,
      with_: object,
    ) => ReturnType<(typeof frameRoutes)[SocketRoute]>;
    return this.#tell(await run(context, frame.value), (replies) => replies);
  }

  /** As the edges do: what follows is pushed, and then that is noted. */
  async #tell<T>(outcome: ResultWithPushes<T>, toValue: (answered: T) => unknown): Promise<Answer> {
    if (!outcome.ok) return { ok: false, code: outcome.problem.code };
    const { value, pushes, noteTold } = outcome;
    this.pushed.push(...pushes);
    await noteTold?.();
    return { ok: true, value: toValue(value) };
  }
}
