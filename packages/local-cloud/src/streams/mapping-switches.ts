/** Which mappings take no records for now, as UpdateEventSourceMapping has it. All are on at first. */
export class MappingSwitches {
  readonly #off = new Map<string, PromiseWithResolvers<void>>();

  isOn(mappingId: string): boolean {
    return !this.#off.has(mappingId);
  }

  /** One that is on again goes on where it stopped. */
  set(mappingId: string, isOn: boolean): void {
    if (isOn === this.isOn(mappingId)) return;
    if (isOn) {
      this.#off.get(mappingId)?.resolve();
      this.#off.delete(mappingId);
    } else this.#off.set(mappingId, Promise.withResolvers());
  }

  /** Resolves once it is on, or when the signal aborts. */
  async untilOn(mappingId: string, signal: AbortSignal): Promise<void> {
    const off = this.#off.get(mappingId);
    if (off === undefined || signal.aborted) return;
    const { promise: aborted, resolve } = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => resolve(), { once: true });
    await Promise.race([off.promise, aborted]);
  }
}
