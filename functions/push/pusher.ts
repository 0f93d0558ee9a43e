import { logFault } from '../runtime/log.ts';
import type { Dispatcher } from './dispatch/dispatcher.ts';
import type { Consequences, Push } from './recipients/push.ts';
import { batchesOf, type RecipientResolver } from './recipients/recipient-resolver.ts';

/**
 * Pushes what use cases decided to push:
 *
 *     recipients (who) ──▶ dispatch (when, and from which Lambda) ──▶ transport (how)
 *
 * Each layer imports only from the ones behind it. Counts do not come this way: `fan-out/` makes
 * them from the stream and hands them to `dispatch/` itself.
 */
export class Pusher {
  readonly #resolver: RecipientResolver;
  readonly #dispatcher: Dispatcher;

  constructor(resolver: RecipientResolver, dispatcher: Dispatcher) {
    this.#resolver = resolver;
    this.#dispatcher = dispatcher;
  }

  /** Never throws: what was written stays acknowledged whether or not anybody was reached. */
  async push(pushes: readonly Push[]): Promise<void> {
    await Promise.all(batchesOf(pushes).map((batch) => this.#pushBatch(batch)));
  }

  /** Pushes what follows from a write. MAY throw after that: then the same request again ends it. */
  async tell({ pushes, noteTold }: Consequences): Promise<void> {
    await this.push(pushes);
    await noteTold?.();
  }

  async #pushBatch(pushes: readonly Push[]): Promise<void> {
    try {
      const deliveries = await this.#resolver.resolve(pushes);
      await Promise.all(
        deliveries.map(({ frame, connections }) => this.#dispatcher.push(frame, connections)),
      );
    } catch (error) {
      logFault('push failed', error, { to: pushes.map(({ to }) => to).join() });
    }
  }
}
