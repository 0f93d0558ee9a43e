import { setAttributes } from './dom.ts';
import { SeenbyElement } from './seenby-element.ts';

/** What the elements of one message have in common. */
export abstract class MessageElement extends SeenbyElement {
  /** Of a message that is stored. */
  get seq(): number | undefined {
    return this.numberOf('seq');
  }

  set seq(seq: number | undefined) {
    setAttributes(this, { seq });
  }

  /** What to open is the app's choice. */
  protected tellOpen(): void {
    const { group, seq } = this;
    if (group && seq !== undefined) this.tellApp('seenby-open', { group, seq });
  }
}
