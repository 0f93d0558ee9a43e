/** Appends whole numbers as LEB128: seven bits a byte, the low ones first. */
export class VarintWriter {
  readonly #bytes: number[];

  constructor(header: readonly number[] = []) {
    this.#bytes = [...header];
  }

  write(value: number): this {
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes.push(rest);
    return this;
  }

  /** Bytes of any kind, after their length. */
  append(bytes: Uint8Array): this {
    this.write(bytes.length);
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads back what `VarintWriter` wrote. */
export class VarintReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How many bytes have been read. */
  get position(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** What `append` wrote. */
  bytes(): Uint8Array {
    const length = this.read();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  read(): number {
    for (let value = 0, scale = 1; ; scale *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('varint is cut short');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
}
