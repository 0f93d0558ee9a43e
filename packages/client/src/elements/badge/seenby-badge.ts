import { h, setAttributes, setText } from '../base/dom.ts';
import { SeenbyElement } from '../base/seenby-element.ts';
import type { Texts } from '../text/texts.ts';
import { badgeCss } from './badge-css.ts';

/** `<seenby-badge>`: unread messages of a group or, without one, of all; with an @ where one mentions the user. */
export class SeenbyBadge extends SeenbyElement {
  readonly #mention = h('span', { part: 'mention', 'aria-hidden': 'true' }, '@');
  readonly #count = h('span', { part: 'count', 'aria-hidden': 'true' });
  readonly #spoken = h('span', { class: 'only-spoken' });

  constructor() {
    super();
    this.root.append(this.#mention, this.#count, this.#spoken);
  }

  /** The highest number that is written out, 99 by default: above it stands `99+`. */
  get max(): number {
    return this.numberOf('max') ?? 99;
  }

  set max(max: number | undefined) {
    setAttributes(this, { max });
  }

  get unread(): number {
    const { group, client } = this;
    if (group) return group.getSnapshot().unreadCount;
    return this.#isOfAll ? (client?.getSnapshot().totalUnread ?? 0) : 0;
  }

  get mentions(): number {
    const { group, client } = this;
    if (group) return group.getSnapshot().status?.mentionCount ?? 0;
    const groups = this.#isOfAll ? (client?.getSnapshot().groups ?? []) : [];
    return groups.reduce((sum, { mentionCount }) => sum + mentionCount, 0);
  }

  get #isOfAll(): boolean {
    return this.groupId === undefined;
  }

  protected override sources() {
    return [this.group ?? this.client];
  }

  protected styles(): string {
    return badgeCss;
  }

  protected render(texts: Texts): void {
    const { unread, mentions, max } = this;
    setAttributes(this, {
      'data-unread': unread || undefined,
      'data-mentions': mentions || undefined,
    });
    setText(this.#count, unread > max ? `${max}+` : String(unread));
    const spoken = [
      ...(unread > 0 ? [texts.unreadMessages(unread)] : []),
      ...(mentions > 0 ? [texts.mentions(mentions)] : []),
    ];
    setText(this.#spoken, spoken.join(', '));
  }
}
