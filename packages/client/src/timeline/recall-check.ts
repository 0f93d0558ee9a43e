/**
 * Whether a recall may have been missed. Every state of the service carries a figure that rises with each
 * recall and with all else that changes what may be seen (`turnsIn`). What is loaded is right as of one such figure: what was fetched, as of the highest
 * that was known before it was asked for; what was pushed, as of any that was told with fewer messages.
 */
export class RecallCheck {
  #told = -1;
  /** The lowest last seq that it was told with. */
  #toldFrom = 0;
  /** All that is loaded shows at least this; infinite while nothing is. */
  #shown = Infinity;

  get isDue(): boolean {
    return this.#told > this.#shown;
  }

  /** The service has told a figure, with a last seq. */
  tell(figure: number, lastSeq: number): void {
    if (figure === this.#told) this.#toldFrom = Math.min(this.#toldFrom, lastSeq);
    if (figure <= this.#told) return;
    this.#told = figure;
    this.#toldFrom = lastSeq;
  }

  /** What is asked for now shows at least this figure. */
  get known(): number {
    return this.#shown === Infinity ? this.#told : Math.max(this.#told, this.#shown);
  }

  /** Messages were fetched, or all that are loaded once more, when this figure was known. */
  fetched(known: number): void {
    this.#shown = Math.min(this.#shown, known);
  }

  /** A message was pushed. It was as it is before it may have been recalled. */
  pushed(seq: number): void {
    if (seq <= this.#toldFrom) this.#shown = -1;
    else if (this.#shown === Infinity) this.#shown = this.#told;
  }

  /** A push recalled a message that is loaded: one more is shown than was told. */
  recalled(): void {
    this.#shown += 1;
  }

  /** Nothing is loaded, or all of it is being fetched again. */
  restart(): void {
    this.#shown = Infinity;
  }
}
