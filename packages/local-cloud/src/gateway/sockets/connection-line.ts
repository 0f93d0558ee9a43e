import type { Duplex } from 'node:stream';

/**
 * Beginnings and ends of connections, so many at a time. Any of the beginnings that wait may be next:
 * the oldest are about to give up, and what is done for them is lost; and were it always the newest,
 * the others would never have a turn while more keep coming. Ends wait behind them all.
 */
export class ConnectionLine {
  readonly #beginnings: (() => void)[] = [];
  readonly #ends: (() => void)[] = [];
  readonly #random: () => number;
  #free: number;

  /** @param random At least 0 and below 1. */
  constructor(atOnce: number, random: () => number) {
    this.#free = atOnce;
    this.#random = random;
  }

  /** False when the caller hangs up before its turn. After true `leave` MUST follow. */
  async begin(caller: Duplex): Promise<boolean> {
    if (this.#takeFree()) return true;
    return new Promise((resolve) => {
      const settle = (isTurn: boolean) => {
        caller.off('end', hangUp).off('close', hangUp);
        resolve(isTurn);
      };
      const go = () => settle(true);
      const hangUp = () => {
        this.#beginnings.splice(this.#beginnings.indexOf(go), 1);
        settle(false);
      };
      this.#beginnings.push(go);
      caller.on('end', hangUp).on('close', hangUp);
    });
  }

  /** `leave` MUST follow. */
  async end(): Promise<void> {
    if (!this.#takeFree()) await new Promise<void>((go) => this.#ends.push(go));
  }

  leave(): void {
    const drawn = Math.floor(this.#random() * this.#beginnings.length);
    const next = this.#beginnings.splice(drawn, 1)[0] ?? this.#ends.shift();
    if (next) next();
    else this.#free++;
  }

  #takeFree(): boolean {
    if (this.#free === 0) return false;
    this.#free--;
    return true;
  }
}
