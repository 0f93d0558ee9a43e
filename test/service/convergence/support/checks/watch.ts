import type { SeenbyClient } from '../../../../../packages/client/src/seenby-client.ts';
import type { Page } from '../people/page.ts';
import type { Difference } from '../story.ts';

const looked = 5;

/** Looks at pages all the time: some things must not be shown even for a moment. */
export class Watch {
  readonly #found = new Map<string, Difference>();

  get found(): Difference[] {
    return [...this.#found.values()];
  }

  look({ client, name }: Page): void {
    let total = 0;
    for (const { groupId, unreadCount } of client.groups()) {
      total += unreadCount;
      this.#lookAtMessages(client, groupId, name);
    }
    if (total !== client.totalUnread) this.#note('total', name, client.totalUnread, total);
    if (!(total >= 0)) this.#note('total', name, total, 'a number');
  }

  #lookAtMessages(client: SeenbyClient, groupId: string, name: string): void {
    const group = client.group(groupId);
    if (!group.isOpen) return;
    for (const message of group.messages.slice(-looked)) {
      if (message.state !== 'sent') continue;
      const where = `${groupId} ${message.seq} on ${name}`;
      const receipt = group.getReceipt(message.seq);
      if (message.recalled && message.content !== '') {
        this.#note('text of a recalled message', where, message.content, '');
      }
      if (!receipt) continue;
      const { read, unread, delivered, total } = receipt;
      const isPossible = read + unread === total && read <= delivered && delivered <= total;
      if (!isPossible) this.#note('impossible counts', where, receipt, 'read ≤ delivered ≤ total');
      if (read < 1) this.#note('sender shown as unread', where, receipt, 'at least 1 read');
    }
  }

  #note(property: string, where: string, shown: unknown, expected: unknown): void {
    this.#found.set(`${property} ${where}`, { property, where, shown, expected });
  }
}
