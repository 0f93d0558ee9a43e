import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import type { Visibility } from '@seenby/protocol/entities.ts';
import { seededRandom } from '../../../../demo/simulator/random.ts';
import { createGroup } from '../../../../functions/groups/create-group.ts';
import { addMembers } from '../../../../functions/members/add-members.ts';
import { removeMember } from '../../../../functions/members/remove-member.ts';
import { sendMessage } from '../../../../functions/messages/send-message.ts';
import { announceTyping } from '../../../../functions/presence/announce-typing.ts';
import type { ResultWithPushes } from '../../../../functions/push/recipients/push.ts';
import { countReceipts } from '../../../../functions/receipts/count-receipts.ts';
import { markOneGroup } from '../../../../functions/receipts/mark-messages.ts';
import { recentMs } from '../../../../functions/store/count-pushes.ts';
import { ReferenceView } from '../../../support/reference/reference-view.ts';
import { VirtualTime } from '../../../support/time/virtual-time.ts';
import { Chaos } from './chaos.ts';
import { RowTap } from './faulty-table.ts';
import { Findings } from './findings.ts';
import { type Frame, LossyGateway } from './lossy-gateway.ts';
import { ReferenceClient } from './reference-client.ts';
import { type Around, type Sandbox, Sandboxes } from './sandboxes.ts';
import { StreamShard } from './stream-shard.ts';

const names = ['ann', 'bob', 'cat', 'dan'] as const;
const actionsEach = 4;
const maxPauseMs = 900;
/** A frame whose Lambda died goes again when the queue shows it again, after a minute. */
const maxAftermathMs = 240_000;
const usualMs = 2000;
const visibilities: readonly Visibility[] = ['members', 'members', 'sender', 'admins'];

/** A group that talks and reads while everything around it fails, and then has to be right. */
export class ChaosChat {
  /** What happened, for whoever has to find out why it went wrong. */
  readonly steps: string[] = [];
  readonly findings = new Findings();
  readonly time: VirtualTime;
  readonly #chaos: Chaos;
  readonly #gateway: LossyGateway;
  readonly #sandboxes: Sandboxes;
  readonly #shard: StreamShard;
  readonly #clients: ReferenceClient[];
  readonly #groupId: string;
  readonly #userIds: readonly string[];
  readonly #isDirect: boolean;
  /** When each user came or went, by the rows as they were written. */
  readonly #membership = new Map<string, { at: number; isMember: boolean }>();
  /** Users with another view of the receipts have versions of their own. */
  readonly #versions: { userId: string; at: number; version: number }[] = [];
  readonly #acknowledged: { userId: string; seq: number }[] = [];
  #sent = 0;

  constructor(seed: number, { client, tableName }: Pick<Around, 'client' | 'tableName'>) {
    const random = seededRandom(seed);
    this.#chaos = new Chaos(random);
    this.time = new VirtualTime(undefined, random);
    this.#gateway = new LossyGateway(this.time, this.#chaos);
    this.#isDirect = random() < 0.15;
    this.#groupId = `chaos-${seed}`;
    this.#userIds = (this.#isDirect ? names.slice(0, 2) : names).map((name) => `${name}-${seed}`);
    const tap = new RowTap((change) => {
      const { userId, left } = change.after;
      this.#membership.set(userId, { at: this.time.now, isMember: !left });
      this.#shard.add(change);
    });
    const parts = { time: this.time, chaos: this.#chaos, gateway: this.#gateway };
    this.#sandboxes = new Sandboxes({ ...parts, client, tableName, tap });
    this.#shard = new StreamShard(this.#groupId, { ...parts, sandboxes: this.#sandboxes });
    this.#clients = this.#userIds.map(
      (userId) =>
        new ReferenceClient(userId, [this.#groupId], { ...parts, sandboxes: this.#sandboxes }),
    );
    this.#gateway.onPost = (userId, frame) => this.#witness(userId, frame);
  }

  /** Rejects when it cannot come to its end; what is wrong is among the findings. */
  async run(): Promise<void> {
    this.#chaos.isOn = false;
    await this.#begin();
    this.#chaos.isOn = true;
    await Promise.all(this.#userIds.map((userId) => this.#live(userId)));
    this.#chaos.isOn = false;
    const stoppedAt = this.time.now;
    await this.#settle();
    const settledAfterMs = this.time.now - stoppedAt;
    const what = () => `settled after ${settledAfterMs} ms`;
    this.findings.check('PU1', settledAfterMs <= maxAftermathMs, what);
    await this.#compare();
    if (this.findings.isClean) await this.#readInQuiet();
  }

  /** [PU1] Whatever the chaos left behind, from now on everything takes its usual time. */
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
          ...{ groupId: this.#groupId, name: 'Chaos', memberIds, tracking: 'receipts' },
          kind: this.#isDirect ? 'direct' : 'group',
          visibility: this.#chaos.pick(visibilities),
          historyForNewMembers: 2,
        },
      ),
    );
    if (!made.ok) throw new Error(made.problem.message);
    await this.#send(owner);
    for (const client of this.#clients) client.connect();
    await Promise.all(this.#clients.map((client) => client.settled()));
    await this.#shard.drained();
    // Long enough for none of this to be told again as news.
    await this.time.wait(2 * recentMs);
  }

  async #live(userId: string): Promise<void> {
    for (let n = 0; n < actionsEach; n++) {
      await this.time.wait(this.#chaos.below(maxPauseMs));
      try {
        await this.#act(userId);
      } catch (error) {
        this.#note(userId, `failed: ${error instanceof Error ? error.message : error}`);
      }
    }
  }

  #act(userId: string): Promise<void> {
    const draw = this.#chaos.random();
    if (draw < 0.55) return this.#read(userId);
    if (draw < 0.75) return this.#send(userId);
    if (draw < 0.85) return this.#reconnect(userId);
    if (draw < 0.9 || this.#isDirect) return this.#type(userId);
    return this.#changeMembers();
  }

  async #read(userId: string): Promise<void> {
    const groupId = this.#groupId;
    const seq = 1 + this.#chaos.below(this.#sent);
    const seqs = setOfSeqs([seq]);
    const target = this.#chaos.random() < 0.5 ? { groupId, seqs } : { groupId, upTo: seq };
    this.#note(userId, `reads ${JSON.stringify(target)}`);
    await this.#request(
      ({ service }) => markOneGroup(service, { userId }, 'read', target),
      (marked) => marked.changed && this.#acknowledged.push({ userId, seq }),
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
      announceTyping(service, { userId, connectionId: 'none' }, this.#groupId),
    );
  }

  async #changeMembers(): Promise<void> {
    const [owner = '', ...others] = this.#userIds;
    const userId = this.#chaos.pick(others);
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
    run: (sandbox: Sandbox) => Promise<ResultWithPushes<T>>,
    acknowledged: (value: T) => unknown = () => {},
  ): Promise<void> {
    await this.#sandboxes.run(async (sandbox) => {
      const outcome = await run(sandbox);
      if (!outcome.ok) return;
      acknowledged(outcome.value);
      await sandbox.pusher.tell(outcome);
    });
  }

  /** [PU5] [PU4] What must hold of every frame, whatever becomes of it. */
  #witness(userId: string, frame: Frame): void {
    this.#note(userId, `is posted ${JSON.stringify(frame)}`);
    const { at = 0, isMember = false } = this.#membership.get(userId) ?? {};
    const mayHear = isMember || at >= this.time.now || frame.type === 'group_removed';
    this.findings.check('PU5', mayHear, () => `${userId} got ${frame.type}, not a member`);
    if (frame.type !== 'read_status_update' || frame.version === undefined) return;
    const { version, timestamp } = frame;
    const own = this.#versions.filter((other) => other.userId === userId);
    const later = own.find((other) =>
      timestamp > other.at
        ? version < other.version
        : timestamp < other.at && version > other.version,
    );
    this.findings.check('PU4', !later, () => {
      return `version ${version} of ${timestamp} beside ${JSON.stringify(later)}`;
    });
    this.#versions.push({ userId, at: timestamp, version });
  }

  async #settle(): Promise<void> {
    await this.#sandboxes.pushJobsDone();
    await this.#shard.drained();
    await this.#sandboxes.pushJobsDone();
    await Promise.all(this.#clients.map((client) => client.settled()));
    // What a reconnect crossed is pushed by now.
    await this.#shard.drained();
    await this.#sandboxes.pushJobsDone();
    await Promise.all(this.#clients.map((client) => client.settled()));
  }

  async #compare(): Promise<void> {
    const { service } = this.#sandboxes.create();
    for (const client of this.#clients) await this.#compareView(service, client);
    await this.#compareAcknowledged(service);
  }

  async #compareView(service: Sandbox['service'], client: ReferenceClient): Promise<void> {
    const view = client.views.get(this.#groupId);
    const range = { groupId: this.#groupId, from: 1, to: Number.MAX_SAFE_INTEGER };
    const stored = await countReceipts(service, client, range);
    if (!stored.ok || !view) return;
    const truth = new ReferenceView();
    truth.apply(stored.value);
    for (const [seq, counts] of truth.counts) {
      // Not even its sender has it: the seq was lost to a crash, and shows as no message.
      if (counts.readCount === 0) continue;
      const [shown, stored] = [view.counts.get(seq), counts].map((each) => JSON.stringify(each));
      this.findings.check('PU1', shown === stored, () => {
        return `${client.userId} shows of message ${seq} ${shown}, not ${stored}`;
      });
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
        this.findings.check('FA1', read === true, () => {
          return `that ${userId} read message ${seq} was acknowledged and is lost`;
        });
      }
    }
  }

  #note(userId: string, what: string): void {
    this.steps.push(`${this.time.now % 10_000_000} ${userId} ${what}`);
  }
}
