import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { cursorSecretKey } from './dynamodb/keys.ts';
import type { Table } from './dynamodb/table.ts';

/** A short text that changes with the value, as bytes in latin1. */
export type Fingerprint = (value: string) => string;

const tagBytes = 16;

/** Bytes that nobody can foretell. */
export type NewSecret = () => Uint8Array;

/**
 * Paging cursors and sync tokens: a place to go on from, signed together with whom and what it is
 * for. The secret lives in the table, made by whoever needs it first.
 */
export class Cursors {
  readonly #table: Table;
  readonly #newSecret: NewSecret;
  #secret: Promise<Uint8Array> | undefined;

  constructor(table: Table, newSecret: NewSecret = () => new Uint8Array(randomBytes(32))) {
    this.#table = table;
    this.#newSecret = newSecret;
  }

  async seal(value: string, boundTo: readonly unknown[]): Promise<string> {
    const tag = await this.#tag(value, boundTo);
    return Buffer.concat([tag, Buffer.from(value, 'latin1')]).toString('base64url');
  }

  /** The value, or undefined when the cursor was not made here for exactly this. */
  async open(cursor: string, boundTo: readonly unknown[]): Promise<string | undefined> {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length < tagBytes || bytes.toString('base64url') !== cursor) return undefined;
    const value = bytes.subarray(tagBytes).toString('latin1');
    const tag = await this.#tag(value, boundTo);
    return timingSafeEqual(tag, bytes.subarray(0, tagBytes)) ? value : undefined;
  }

  /**
   * Fingerprints that nobody outside can foretell, and of each user their own: whoever finds two values
   * with the same one has found that for nobody else.
   */
  async fingerprints(bytes: number, userId: string): Promise<Fingerprint> {
    const secret = await this.#knownSecret();
    const key = createHmac('sha256', secret)
      .update(JSON.stringify(['fingerprints', userId]))
      .digest();
    return (value) => createHmac('sha256', key).update(value).digest().toString('latin1', 0, bytes);
  }

  async #tag(value: string, boundTo: readonly unknown[]): Promise<Buffer> {
    const hmac = createHmac('sha256', await this.#knownSecret());
    return hmac
      .update(JSON.stringify([value, boundTo]))
      .digest()
      .subarray(0, tagBytes);
  }

  #knownSecret(): Promise<Uint8Array> {
    this.#secret ??= this.#loadSecret();
    return this.#secret;
  }

  async #loadSecret(): Promise<Uint8Array> {
    const known = await this.#table.get(cursorSecretKey);
    if (known) return known.secret as Uint8Array;
    const secret = this.#newSecret();
    const written = await this.#table.put({
      Item: { ...cursorSecretKey, secret },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return written.outcome === 'written' ? secret : (written.current?.secret as Uint8Array);
  }
}
