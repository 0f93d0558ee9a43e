import type { SeenbyError } from '../../transport/seenby-error.ts';
import type { ElementGroup } from '../base/client-context.ts';
import { h, setText } from '../base/dom.ts';
import type { Texts } from '../text/texts.ts';
import { countdown } from '../text/times.ts';

/** The service lets a message be reminded of this often. */
const againAfterMs = 5 * 60_000;

/** When each message may be reminded of again, whether or not its panel is there. */
const againAt = new WeakMap<ElementGroup, Map<number, number>>();

export interface Reminded {
  readonly group: ElementGroup;
  readonly seq: number;
  readonly reminded: number;
  readonly reached: number;
}

interface ReminderState {
  readonly group: ElementGroup;
  readonly seq: number;
  readonly unread: number;
  readonly texts: Texts;
}

/** Reminds those who have not read a message: says how many were reached, and when it may be done again. */
export class Reminder {
  readonly #button = h('button', { type: 'button', part: 'remind' });
  readonly #said = h('span', { role: 'status', part: 'reminded' });
  readonly element = h('div', { class: 'reminder' }, this.#button, this.#said);
  readonly #done: (reminded: Reminded) => void;
  #state: ReminderState | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #outcome: ((texts: Texts) => string) | undefined;
  #isAsking = false;

  constructor(done: (reminded: Reminded) => void) {
    this.#done = done;
    this.#button.addEventListener('click', () => void this.#remind());
  }

  draw(state: ReminderState): void {
    if (!isOfSame(state, this.#state)) this.#outcome = undefined;
    this.#state = state;
    const { group, seq, unread, texts } = state;
    const leftMs = (againAt.get(group)?.get(seq) ?? 0) - Date.now();
    const isCooling = leftMs > 0;
    const label = isCooling ? texts.remindAgainIn(countdown(leftMs)) : texts.remind(unread);
    setText(this.#button, label);
    this.#button.disabled = isCooling || unread === 0 || this.#isAsking;
    setText(this.#said, this.#outcome?.(texts) ?? '');
    this.element.hidden = unread === 0 && !this.#outcome;
    this.#tick(isCooling);
  }

  stop(): void {
    this.#state = undefined;
    this.#tick(false);
  }

  #tick(isOn: boolean): void {
    if (!isOn) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else this.#timer ??= setInterval(() => this.#state && this.draw(this.#state), 1000);
  }

  async #remind(): Promise<void> {
    const state = this.#state;
    if (!state) return;
    this.#isAsking = true;
    this.draw(state);
    const outcome = await this.#ask(state);
    this.#isAsking = false;
    // Another message may be shown by now.
    if (isOfSame(state, this.#state)) this.#outcome = outcome;
    if (this.#state) this.draw(this.#state);
  }

  async #ask({ group, seq }: ReminderState): Promise<(texts: Texts) => string> {
    try {
      const answer = await group.remindUnread(seq);
      waitFor(group, seq, againAfterMs);
      this.#done({ group, seq, ...answer });
      return (texts) => texts.reminded(answer.reminded, answer.reached);
    } catch (cause) {
      const { retryAfterMs } = cause as Partial<SeenbyError>;
      if (retryAfterMs === undefined) return (texts) => texts.remindFailed;
      waitFor(group, seq, retryAfterMs);
      return (texts) => texts.remindTooSoon;
    }
  }
}

function waitFor(group: ElementGroup, seq: number, ms: number): void {
  const ofGroup = againAt.get(group) ?? new Map<number, number>();
  againAt.set(group, ofGroup.set(seq, Date.now() + ms));
}

const isOfSame = (state: ReminderState, other: ReminderState | undefined): boolean =>
  state.group === other?.group && state.seq === other.seq;
