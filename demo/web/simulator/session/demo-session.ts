import { SeenbyClient } from '@seenby/client';
import type { Page } from '../../shell/page-context.ts';
import { DisturbedWire } from './disturbed-wire.ts';
import { Latencies } from './latencies.ts';
import { added } from './so-far.ts';

/** One of the two who look at the same group. */
export interface Actor {
  readonly userId: string;
  readonly client: SeenbyClient;
  readonly wire: DisturbedWire;
}

/** An author and a reader, each with a client and a wire of their own, and what is measured. */
export interface DemoSession {
  readonly groupId: string;
  readonly author: Actor;
  readonly reader: Actor;
  /** From the frame that the reader's client sent to the author's client showing it. */
  readonly readerLatencies: Latencies;
  /** From the time the service gave a simulated member's read to the author's client showing it. */
  readonly loadGroupLatencies: Latencies;
  /** Frames of both so far, by type. */
  frames(): Readonly<Record<string, number>>;
  close(): void;
}

export function openDemoSession(
  page: Page,
  groupId: string,
  ids: { author: string; reader: string },
): DemoSession {
  const author = openActor(page, ids.author);
  const reader = openActor(page, ids.reader);
  const readerLatencies = new Latencies();
  const loadGroupLatencies = new Latencies();
  const sentAt = new ReadFrames();
  reader.wire.onSent = (text) => sentAt.saw(text, performance.now());
  author.client.on('receipt', ({ receipts }) => {
    for (const { userId, kind, toSeq, at } of receipts) {
      if (kind !== 'read' || userId === author.userId) continue;
      if (userId !== reader.userId) {
        loadGroupLatencies.add({ userId, seq: toSeq, ms: Math.max(0, Date.now() - at) });
        continue;
      }
      const startedAt = sentAt.take();
      if (startedAt === undefined) continue;
      readerLatencies.add({ userId, seq: toSeq, ms: performance.now() - startedAt });
    }
  });
  const close = () => {
    author.client.close();
    reader.client.close();
  };
  const frames = () => added(author.wire.frames, reader.wire.frames);
  return { groupId, author, reader, readerLatencies, loadGroupLatencies, frames, close };
}

function openActor({ config, identity }: Page, userId: string): Actor {
  const wire = new DisturbedWire();
  const client = new SeenbyClient({
    url: config.wsUrl,
    httpUrl: config.httpUrl,
    getToken: () => identity.tokenOf?.(userId) ?? identity.getToken(),
    environment: wire.environment,
  });
  client.connect().catch(() => {});
  return { userId, client, wire };
}

/** When the reader's newest frame that reads something was sent; each is measured once. */
class ReadFrames {
  #sentAt: number | undefined;

  saw(text: string, now: number): void {
    if (JSON.parse(text).type === 'mark_read') this.#sentAt = now;
  }

  take(): number | undefined {
    const sentAt = this.#sentAt;
    this.#sentAt = undefined;
    return sentAt;
  }
}
