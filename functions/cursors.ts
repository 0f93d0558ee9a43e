import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { cursorSecretKey } from './store/keys.ts';
import type { Table } from './store/table.ts';

const tagBytes = 16;

/**
 * Paging cursors and sync tokens: a place to go on from, signed together with whom and what it is
 * for. The secret lives in the table, made by whoever needs it first.
 */
export class Cursors {
  readonly #table: Table;
  #secret: Promise<Uint8Array> | undefined;

  constructor(table: Table) {
    this.#table = table;
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

  async #tag(value: string, boundTo: readonly unknown[]): Promise<Buffer> {
    this.#secret ??= this.#loadSecret();
    const hmac = createHmac('sha256', await this.#secret);
    return hmac
      .update(JSON.stringify([value, boundTo]))
      .digest()
      .subarray(0, tagBytes);
  }

  async #loadSecret(): Promise<Uint8Array> {
    const known = await this.#table.get(cursorSecretKey);
    if (known) return known.secret as Uint8Array;
    const secret = new Uint8Array(randomBytes(32));
    const written = await this.#table.put({
      Item: { ...cursorSecretKey, secret },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return written.outcome === 'written' ? secret : (written.current?.secret as Uint8Array);
  }
}
