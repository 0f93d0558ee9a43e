import { pick, seededRandom } from '../../demo/simulator/random.ts';
import { userIdsOf } from '../support/user-ids.ts';
import { type Act, startMs, type Traffic } from './acts.ts';
import { Agenda } from './agenda.ts';

export interface WorkingDay {
  seed: number;
  members: number;
  messages: number;
  hours: number;
  /** Of the members: connected all day. Half of the others come once, to catch up. */
  shareOnline: number;
  /** Of the members: have the group open, at every moment. */
  shareWatching: number;
  /** Whether clients that do not read acknowledge deliveries, within five seconds, those of meanwhile together. */
  isDelivered: boolean;
}

export const usualDay: WorkingDay = {
  ...{ seed: 1, members: 500, messages: 1000, hours: 8, isDelivered: false },
  ...{ shareOnline: 0.6, shareWatching: 0.1 },
};

/** API Gateway ends every connection after two hours; clients are back at once. */
const minutesOfConnection = 115;
const messagesOfConversation = 20;
const secondsBetweenMessages = 8;
const minutesOfVisit = 12;
const minutesOfCatchUp = 2;
const authorsOfConversation = 5;
/** Until a message can be read by anybody. */
const arrivalMs = 300;
/** How busy the parts of a day are, beside each other: lunch is the sixth of eleven. */
const busyness = [2, 3, 4, 4, 3, 1, 2, 4, 4, 3, 2];

/** The same day for every design, drawn from its seed. */
export const dayTraffic = (day: WorkingDay): Traffic => new DayDraw(day).draw();

class DayDraw {
  readonly #day: WorkingDay;
  readonly #random: () => number;
  readonly #agenda = new Agenda();
  readonly #acts: Act[] = [];
  readonly #memberIds: string[];
  readonly #onlineIds: string[];
  readonly #watching = new Set<string>();
  readonly #readUpTo = new Map<string, number>();
  readonly #pending = new Set<string>();
  /** Their connection has ended, and the next one is not yet there. */
  readonly #away = new Set<string>();
  readonly #endMs: number;
  #sent = 0;

  constructor(day: WorkingDay) {
    this.#day = day;
    this.#random = seededRandom(day.seed);
    this.#memberIds = userIdsOf(day.members);
    this.#onlineIds = this.#memberIds.slice(0, Math.round(day.members * day.shareOnline));
    this.#endMs = startMs + day.hours * 3_600_000;
  }

  draw(): Traffic {
    const { members, shareWatching } = this.#day;
    const places = Math.round(members * shareWatching);
    const watchingIds = this.#onlineIds.slice(0, places);
    for (const userId of watchingIds) this.#visit(userId, startMs);
    this.#drawMessages();
    this.#drawLatecomers();
    this.#drawReconnections();
    this.#agenda.runAll();
    return {
      ...{ memberIds: this.#memberIds, onlineIds: this.#onlineIds, watchingIds },
      acts: this.#acts,
    };
  }

  #drawMessages(): void {
    const { messages } = this.#day;
    for (let made = 0; made < messages; made += messagesOfConversation) {
      let at = this.#busyMoment();
      const chosen = new Set<string>();
      const size = Math.min(messagesOfConversation, messages - made);
      for (let i = 0; i < size; i++) {
        this.#agenda.add(at, (now) => this.#send(now, chosen));
        at += 1000 + this.#exponential(1000 * (secondsBetweenMessages - 1));
      }
    }
  }

  #drawLatecomers(): void {
    const offlineIds = this.#memberIds.slice(this.#onlineIds.length);
    // Half of them in a day of eight hours.
    const coming = Math.round((offlineIds.length / 2) * (this.#day.hours / 8));
    for (const userId of offlineIds.slice(0, coming)) {
      const at = startMs + this.#random() * (this.#endMs - startMs);
      this.#agenda.add(at, () => this.#act({ at, by: userId, do: 'come' }));
      this.#agenda.add(at + 2000, () => this.#open(userId, at + 2000));
      const until = at + 60_000 * minutesOfCatchUp;
      this.#agenda.add(until, () => this.#close(userId, until));
      this.#agenda.add(until + 1000, () =>
        this.#act({ at: until + 1000, by: userId, do: 'leave' }),
      );
    }
  }

  #drawReconnections(): void {
    for (const by of this.#onlineIds) {
      const lifeMs = 60_000 * minutesOfConnection;
      for (let at = startMs + this.#random() * lifeMs; at < this.#endMs; at += lifeMs) {
        this.#agenda.add(at, () => {
          this.#away.add(by);
          this.#act({ at, by, do: 'leave' });
        });
        this.#agenda.add(at + 500, (now) => this.#act({ at: now, by, do: 'come' }));
        this.#agenda.add(at + 1000, (now) => {
          this.#away.delete(by);
          if (this.#watching.has(by)) this.#act({ at: now, by, do: 'open' });
        });
      }
    }
  }

  /** A moment of the day, at busy times more often. */
  #busyMoment(): number {
    const parts = busyness.flatMap((weight, part) => Array<number>(weight).fill(part));
    const part = pick(this.#random, parts) + this.#random();
    return startMs + (part / busyness.length) * (this.#endMs - startMs);
  }

  /** Has the group open for a while; then somebody else has. */
  #visit(userId: string, at: number): void {
    this.#watching.add(userId);
    const until = at + 60_000 + this.#exponential(60_000 * (minutesOfVisit - 1));
    if (until > this.#endMs) return;
    this.#agenda.add(until, () => {
      this.#close(userId, until);
      const others = this.#onlineIds.filter((each) => !this.#watching.has(each));
      const next = pick(this.#random, others);
      this.#open(next, until);
      this.#visit(next, until);
    });
  }

  #open(by: string, at: number): void {
    this.#watching.add(by);
    // Whoever is away opens it with the next connection.
    if (!this.#away.has(by)) this.#act({ at, by, do: 'open' });
    this.#readSoon(by, at);
  }

  #close(by: string, at: number): void {
    this.#watching.delete(by);
    if (!this.#away.has(by)) this.#act({ at, by, do: 'close' });
  }

  /** By one of the few who talk, as long as they have the group open. */
  #send(at: number, chosen: Set<string>): void {
    const here = [...this.#watching].filter((each) => !this.#away.has(each));
    const present = here.filter((each) => chosen.has(each));
    const isNew = present.length === 0 || this.#random() < 0.2;
    const mayJoin = isNew && present.length < authorsOfConversation;
    const by = pick(this.#random, mayJoin ? here : present);
    chosen.add(by);
    this.#act({ at, by, do: 'send' });
    this.#agenda.add(at + arrivalMs, (now) => this.#arrive(by, now));
  }

  #arrive(author: string, at: number): void {
    this.#sent += 1;
    for (const reader of this.#watching) if (reader !== author) this.#readSoon(reader, at);
    if (!this.#day.isDelivered) return;
    for (const each of this.#onlineIds) if (!this.#watching.has(each)) this.#deliverSoon(each, at);
  }

  /** All that is there by then, in one mark. */
  #readSoon(by: string, at: number): void {
    if (this.#pending.has(by)) return;
    this.#pending.add(by);
    this.#agenda.add(at + 1000 + this.#exponential(2000), (now) => {
      this.#pending.delete(by);
      if (this.#away.has(by)) return this.#readSoon(by, now);
      if (!this.#watching.has(by) || this.#readUpTo.get(by) === this.#sent) return;
      this.#readUpTo.set(by, this.#sent);
      if (this.#sent > 0) this.#act({ at: now, by, do: 'read', upTo: this.#sent });
    });
  }

  #deliverSoon(by: string, at: number): void {
    const name = `delivery to ${by}`;
    if (this.#pending.has(name)) return;
    this.#pending.add(name);
    this.#agenda.add(at + 1000 + 4000 * this.#random(), (now) => {
      this.#pending.delete(name);
      if (this.#away.has(by)) return this.#deliverSoon(by, now);
      if ((this.#readUpTo.get(by) ?? 0) >= this.#sent) return;
      this.#act({ at: now, by, do: 'deliver', upTo: this.#sent });
    });
  }

  #act(act: Act): void {
    this.#acts.push({ ...act, at: Math.round(act.at) });
  }

  #exponential = (mean: number): number => -mean * Math.log(1 - this.#random());
}
