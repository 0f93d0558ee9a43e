import type { Outcome } from '../../../functions/outcome.ts';
import { latelyMs } from '../../../functions/push/push-memory.ts';
import { addMembers } from '../../../functions/use-cases/add-members.ts';
import { countReceipts } from '../../../functions/use-cases/count-receipts.ts';
import { createGroup } from '../../../functions/use-cases/create-group.ts';
import { markMessages } from '../../../functions/use-cases/mark-messages.ts';
import { removeMember } from '../../../functions/use-cases/remove-member.ts';
import { sendMessage } from '../../../functions/use-cases/send-message.ts';
import { tellTyping } from '../../../functions/use-cases/tell-typing.ts';
import type { Visibility } from '../../../protocol/entities.ts';
import { seededRandom } from '../../../simulator/random.ts';
import { VirtualTime } from '../../functions/push/virtual-time.ts';
import { RowTap } from './fused-table.ts';
import { type Frame, LossyGateway } from './lossy-gateway.ts';
import { NaiveClient } from './naive-client.ts';
import { NaiveView } from './naive-view.ts';
import { type Around, type Sandbox, Sandboxes } from './sandboxes.ts';
import { Storm } from './storm.ts';
import { StreamLane } from './stream-lane.ts';

const names = ['ann', 'bob', 'cat', 'dan'] as const;
const actionsEach = 4;
const mostPauseMs = 900;
/** A frame on its way when a Lambda died goes again when Lambda calls it again: after 60 s, and 120. */
const longestAftermathMs = 240_000;
const usualMs = 2000;
const visibilities: readonly Visibility[] = ['members', 'members', 'sender', 'admins'];

/** A group that talks and reads while everything around it fails, and then has to be right. */
export class StormyChat {
  /** What happened, for whoever has to find out why it went wrong. */
  readonly steps: string[] = [];
  readonly time: VirtualTime;
  readonly #storm: Storm;
  readonly #gateway: LossyGateway;
  readonly #sandboxes: Sandboxes;
  readonly #lane: StreamLane;
  readonly #clients: NaiveClient[];
  readonly #groupId: string;
  readonly #userIds: readonly string[];
  readonly #isDirect: boolean;
  /** When each user came or went, by the rows as they were written. */
  readonly #membership = new Map<string, { at: number; isMember: boolean }>();
  readonly #versions: { at: number; version: number }[] = [];
  readonly #acknowledged: { userId: string; seq: number }[] = [];
  #sent = 0;

  constructor(seed: number, { client, tableName }: Pick<Around, 'client' | 'tableName'>) {
    const random = seededRandom(seed);
    this.#storm = new Storm(random);
    this.time = new VirtualTime(undefined, random);
    this.#gateway = new LossyGateway(this.time, this.#storm);
    this.#isDirect = random() < 0.15;
    this.#groupId = `storm-${seed}`;
    this.#userIds = (this.#isDirect ? names.slice(0, 2) : names).map((name) => `${name}-${seed}`);
    const tap = new RowTap((change) => {
      const { userId, left } = change.after;
      this.#membership.set(userId, { at: this.time.now, isMember: !left });
      this.#lane.add(change);
    });
    const parts = { time: this.time, storm: this.#storm, gateway: this.#gateway };
    this.#sandboxes = new Sandboxes({ ...parts, client, tableName, tap });
    this.#lane = new StreamLane(this.#groupId, { ...parts, sandboxes: this.#sandboxes });
    this.#clients = this.#userIds.map(
      (userId) =>
        new NaiveClient(userId, [this.#groupId], { ...parts, sandboxes: this.#sandboxes }),
    );
    this.#gateway.onPost = (userId, frame) => this.#witness(userId, frame);
  }

  /** Rejects with the first thing that was wrong. */
  async run(): Promise<void> {
    this.#storm.isOn = false;
    await this.#begin();
    this.#storm.isOn = true;
    await Promise.all(this.#userIds.map((userId) => this.#live(userId)));
    this.#storm.isOn = false;
    const stoppedAt = this.time.now;
    await this.#settle();
    const settledAfterMs = this.time.now - stoppedAt;
    if (settledAfterMs > longestAftermathMs) this.#fail(`settled after ${settledAfterMs} ms`);
    await this.#compare();
    await this.#readInQuiet();
  }

  /** [PU1] Whatever the storm left behind, from now on everything takes its usual time. */
  async #readInQuiet(): Promise<void> {
    for (const userId of this.#userIds) await this.#read(userId);
    await this.time.wait(usualMs);
    await this.#compare();
  }

  async #begin(): Promise<void> {
    const [owner = '', ...memberIds] = this.#userIds;
    const made = await this.#sandboxes.run(({ service }) =>
      createGroup(
        service,
        { userId: owner },
        {
          ...{ groupId: this.#groupId, name: 'Storm', memberIds, tracking: 'receipts' },
          kind: this.#isDirect ? 'direct' : 'group',
          visibility: this.#storm.pick(visibilities),
          historyForNewMembers: 2,
        },
      ),
    );
    if (!made.ok) throw new Error(made.problem.message);
    await this.#send(owner);
    for (const client of this.#clients) client.connect();
    await Promise.all(this.#clients.map((client) => client.settled()));
    await this.#lane.drained();
    // Long enough for none of this to be told again as news.
    await this.time.wait(2 * latelyMs);
  }

  async #live(userId: string): Promise<void> {
    for (let n = 0; n < actionsEach; n++) {
      await this.time.wait(this.#storm.below(mostPauseMs));
      try {
        await this.#act(userId);
      } catch (error) {
        this.#note(userId, `failed: ${error instanceof Error ? error.message : error}`);
      }
    }
  }

  #act(userId: string): Promise<void> {
    const draw = this.#storm.random();
    if (draw < 0.55) return this.#read(userId);
    if (draw < 0.75) return this.#send(userId);
    if (draw < 0.85) return this.#reconnect(userId);
    if (draw < 0.9 || this.#isDirect) return this.#type(userId);
    return this.#changeMembers();
  }

  async #read(userId: string): Promise<void> {
    const { groupId, seqs } = { groupId: this.#groupId, seqs: [1 + this.#storm.below(this.#sent)] };
    const target = this.#storm.random() < 0.5 ? { groupId, seqs } : { groupId, upTo: seqs[0] ?? 1 };
    this.#note(userId, `reads ${JSON.stringify(target)}`);
    await this.#request(
      ({ service }) => markMessages(service, { userId }, 'read', [target]),
      ([marked]) => marked?.changed && this.#acknowledged.push({ userId, seq: seqs[0] ?? 1 }),
    );
  }

  async #send(userId: string): Promise<void> {
    const message = { clientMessageId: `m-${userId}-${this.time.now}`, content: 'Hello' };
    const input = { ...message, groupId: this.#groupId, messageType: 'text' } as const;
    this.#note(userId, 'sends');
    await this.#request(
      ({ service }) => sendMessage(service, { userId }, input),
      ({ message: { seq } }) => {
        this.#sent = Math.max(this.#sent, seq);
        this.#acknowledged.push({ userId, seq });
      },
    );
  }

  async #reconnect(userId: string): Promise<void> {
    this.#note(userId, 'reconnects');
    this.#clients.find((client) => client.userId === userId)?.reconnect();
  }

  async #type(userId: string): Promise<void> {
    await this.#request(({ service }) =>
      tellTyping(service, { userId, connectionId: 'none' }, this.#groupId),
    );
  }

  async #changeMembers(): Promise<void> {
    const [owner = '', ...others] = this.#userIds;
    const userId = this.#storm.pick(others);
    const groupId = this.#groupId;
    if (this.#membership.get(userId)?.isMember) {
      this.#note(userId, 'is taken out');
      await this.#request(({ service }) =>
        removeMember(service, { userId: owner }, groupId, userId),
      );
    } else {
      this.#note(userId, 'is let in');
      const joining = { groupId, memberIds: [userId], role: 'member' } as const;
      try {
        await this.#request(({ service }) => addMembers(service, { userId: owner }, joining));
      } finally {
        // Whether or not they were told: they open the group as anybody would.
        await this.#reconnect(userId);
      }
    }
  }

  /** A request as the handlers treat it: acknowledged, and then pushed. */
  async #request<T>(
    run: (sandbox: Sandbox) => Promise<Outcome<T>>,
    acknowledged: (value: T) => unknown = () => {},
  ): Promise<void> {
    await this.#sandboxes.run(async (sandbox) => {
      const outcome = await run(sandbox);
      if (!outcome.ok) return;
      acknowledged(outcome.value);
      await sandbox.deliverer.deliver(outcome.pushes);
    });
  }

  /** [PU5] [PU4] What must hold of every frame, whatever becomes of it. */
  #witness(userId: string, frame: Frame): void {
    this.#note(userId, `is posted ${JSON.stringify(frame)}`);
    const { at = 0, isMember = false } = this.#membership.get(userId) ?? {};
    if (!isMember && at < this.time.now) this.#fail(`${userId} got ${frame.type}, not a member`);
    if (frame.type !== 'read_status_update' || frame.version === undefined) return;
    const { version, timestamp } = frame;
    const later = this.#versions.find((other) =>
      timestamp > other.at
        ? version < other.version
        : timestamp < other.at && version > other.version,
    );
    if (later) this.#fail(`version ${version} of ${timestamp} beside ${JSON.stringify(later)}`);
    this.#versions.push({ at: timestamp, version });
  }

  readonly #failures: string[] = [];

  #fail(what: string): void {
    this.#failures.push(what);
  }

  async #settle(): Promise<void> {
    await this.#sandboxes.parcelsDone();
    await this.#lane.drained();
    await this.#sandboxes.parcelsDone();
    await Promise.all(this.#clients.map((client) => client.settled()));
    // What a reconnect crossed is pushed by now.
    await this.#lane.drained();
    await this.#sandboxes.parcelsDone();
    await Promise.all(this.#clients.map((client) => client.settled()));
  }

  async #compare(): Promise<void> {
    const { service } = this.#sandboxes.create();
    for (const client of this.#clients) await this.#compareView(service, client);
    await this.#compareAcknowledged(service);
    if (this.#failures.length > 0) throw new Error(this.#failures.join('\n'));
  }

  async #compareView(service: Sandbox['service'], client: NaiveClient): Promise<void> {
    const view = client.views.get(this.#groupId);
    const range = { groupId: this.#groupId, from: 1, to: Number.MAX_SAFE_INTEGER };
    const stored = await countReceipts(service, client, range);
    if (!stored.ok || !view) return;
    const truth = new NaiveView();
    truth.apply(stored.value);
    for (const [seq, counts] of truth.counts) {
      // Not even its sender has it: the seq was lost to a crash, and shows as no message.
      if (counts.readCount === 0) continue;
      const shown = view.counts.get(seq);
      if (JSON.stringify(shown) !== JSON.stringify(counts)) {
        const difference = `${JSON.stringify(shown)}, not ${JSON.stringify(counts)}`;
        this.#fail(`${client.userId} shows of message ${seq} ${difference}`);
      }
    }
  }

  /** [FA1] Whatever was acknowledged is stored, with its time. */
  async #compareAcknowledged(service: Sandbox['service']): Promise<void> {
    const bySeq = Map.groupBy(this.#acknowledged, ({ seq }) => seq);
    const members = new Map(
      (await service.members.ofGroup(this.#groupId, 'strong')).map((row) => [row.userId, row]),
    );
    for (const [seq, acknowledged] of bySeq) {
      for (const { userId } of acknowledged) {
        const read = members.get(userId)?.read.some(({ from, to }) => from <= seq && seq <= to);
        if (!read) this.#fail(`that ${userId} read message ${seq} was acknowledged and is lost`);
      }
    }
  }

  #note(userId: string, what: string): void {
    this.steps.push(`${this.time.now % 10_000_000} ${userId} ${what}`);
  }
}
