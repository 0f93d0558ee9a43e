import { setTimeout as wait } from 'node:timers/promises';
import { between, pick, type Random } from '../../../demo/simulator/random.ts';
import type { Person } from './person.ts';
import type { WorkLog } from './work-log.ts';

/** How long one message is read before the next one is sent. */
export const messageIntervalMs = 20_000;

/** A group in which somebody writes every twenty seconds and all others read it, each for itself. */
export class SteadyGroup {
  lastSeq = 0;
  readonly #people: readonly Person[];
  readonly #random: Random;
  readonly #log: WorkLog;

  constructor(people: readonly Person[], random: Random, log: WorkLog) {
    this.#people = people;
    this.#random = random;
    this.#log = log;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const sender = pick(this.#random, this.#people);
      await this.#log.time('send', () => this.#send(sender));
      for (const person of this.#people) {
        if (person !== sender) this.#readLater(person, this.lastSeq);
      }
      await wait(messageIntervalMs, undefined, { signal }).catch(() => {});
    }
  }

  async #send(sender: Person): Promise<void> {
    const clientMessageId = `${sender.userId}-${this.lastSeq + 1}`;
    const content = `Message ${this.lastSeq + 1} of a long day, by ${sender.userId}`;
    const { groupId } = sender;
    const reply = await this.#asking(sender, () =>
      sender.ask({ type: 'send_message', groupId, clientMessageId, content }),
    );
    if (reply.type === 'message_sent') this.lastSeq = reply.message.seq;
  }

  #readLater(person: Person, upTo: number): void {
    const { groupId } = person;
    const mark = () => person.ask({ type: 'mark_read', groupId, upTo });
    const delayMs = between(this.#random, 200, messageIntervalMs);
    setTimeout(() => void this.#log.time('mark', () => this.#asking(person, mark)), delayMs);
  }

  /** As a client does: whose token or connection has ended comes back and asks again. */
  async #asking<T>(person: Person, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      this.#log.failed('first attempt', cause);
      await person.reconnect();
      this.#log.reconnected();
      return ask();
    }
  }
}
