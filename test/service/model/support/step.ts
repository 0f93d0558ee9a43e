import fc from 'fast-check';
import type { Expected } from '../../../support/reference/reference-actions.ts';
import type { ReferenceChat } from '../../../support/reference/reference-chat.ts';
import { checkAnswers, type Probe } from './checks/check-answers.ts';
import { expectSame } from './checks/expect-same.ts';
import type { Reply, ServedChat } from './served-chat.ts';
import type { SyncingClient } from './syncing-client.ts';

/** The service, and for each user a client that syncs after every step. */
export interface World {
  served: ServedChat;
  clients: ReadonlyMap<string, SyncingClient>;
}

export interface Action<A> {
  name: string;
  args: fc.Arbitrary<A>;
  /** Does the same to both, and compares what they answer. */
  act: (chat: ReferenceChat, world: World, args: A) => Promise<void>;
}

interface Circumstances {
  /** Time that has gone by since the step before. */
  afterMs: number;
  probe: Probe;
}

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5000 })),
  probe: fc.record({
    back: fc.nat(12),
    state: fc.constantFrom(undefined, 'read' as const, 'unread' as const, 'delivered' as const),
  }),
});

/** One thing that somebody does, and then everybody looks. */
class Step<A> implements fc.AsyncCommand<ReferenceChat, World> {
  readonly #action: Action<A>;
  readonly #args: A;
  readonly #circumstances: Circumstances;

  constructor(action: Action<A>, args: A, around: Circumstances) {
    this.#action = action;
    this.#args = args;
    this.#circumstances = around;
  }

  check(): boolean {
    return true;
  }

  async run(chat: ReferenceChat, world: World): Promise<void> {
    const { afterMs, probe } = this.#circumstances;
    const { served, clients } = world;
    passTime(chat, world, afterMs);
    await this.#action.act(chat, world, this.#args);
    const writes = served.writes;
    await checkAnswers(served, chat, probe);
    for (const client of clients.values()) await client.sync(served, chat, 0);
    expectSame(served.writes, writes, 'writes made by asking');
  }

  toString(): string {
    const { afterMs, probe } = this.#circumstances;
    const around = `+${afterMs} ms, list −${probe.back} ${probe.state ?? 'all'}`;
    return `${this.#action.name}(${JSON.stringify(this.#args)}) [${around}]`;
  }
}

export const stepsOf = <A>(
  action: Action<A>,
): fc.Arbitrary<fc.AsyncCommand<ReferenceChat, World>> =>
  fc.tuple(action.args, circumstances).map(([args, around]) => new Step(action, args, around));

export function passTime(chat: ReferenceChat, { served }: World, ms: number): void {
  chat.now += ms;
  served.time.now = chat.now;
}

/**
 * Has the service do what the chat did, and compares the answers. What is refused, or should change
 * nothing, must not reach the table.
 */
export async function compare<E, T>(
  { served }: World,
  what: string,
  expected: Expected<E>,
  act: () => Promise<Reply<T>>,
  toAnswer: (value: E) => unknown,
): Promise<void> {
  const before = served.writes;
  const reply = await act();
  const answer = expected.ok
    ? { ok: true, value: toAnswer(expected.value) }
    : { ok: false, code: expected.code };
  expectSame(reply, answer, what);
  served.compared.note('answers');
  if (expected.ok && expected.changes) return;
  expectSame(served.writes - before, 0, `${what}: writes`);
  served.compared.note('requests that must not write');
}
