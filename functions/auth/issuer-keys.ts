import { setTimeout as wait } from 'node:timers/promises';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Timing } from '../runtime/timing.ts';

/** Both attempts and the pause between them end within the five seconds of the authorizer. */
const defaultAttemptMs = 1500;
const attempts = 2;
const maxPauseMs = 200;
/** Keys are asked for again after this time, so that one the issuer withdrew ends here too. */
const freshMs = 10 * 60_000;
/** A token may name any key, and an issuer may be down: neither makes us ask more often. */
const coolDownMs = 30_000;

interface Ports extends Pick<Timing, 'clock' | 'random'> {
  /** How long an answer of the issuer is waited for. */
  attemptMs?: number;
}

/**
 * The public keys of a token issuer. The last good ones are kept for as long as the issuer gives no
 * others: while it is down, the tokens it gave out stay good.
 */
export class IssuerKeys {
  readonly #url: string;
  readonly #ports: Ports;
  #known: JWTVerifyGetKey | undefined;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  #fault: unknown;

  constructor(url: string, ports: Ports = { clock: Date.now, random: Math.random }) {
    this.#url = url;
    this.#ports = ports;
  }

  /**
   * The key that a token names.
   * @throws a JOSEError when there is no such key, any other error when only the issuer could tell
   * and it cannot be asked.
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.#ports.clock() - this.#fetchedAt >= freshMs) await this.#ask();
    try {
      return await this.#keys()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#ask();
      if (this.#fault !== undefined) throw this.#unavailable();
      return this.#keys()(header, token);
    }
  };

  #keys(): JWTVerifyGetKey {
    if (!this.#known) throw this.#unavailable();
    return this.#known;
  }

  #unavailable(): Error {
    return new Error('the keys of the token issuer cannot be had', {
      cause: this.#fault,
    });
  }

  /** Asks the issuer, unless it was asked just now. Without any key to go on with, always. */
  async #ask(): Promise<void> {
    const now = this.#ports.clock();
    if (this.#known && now - this.#askedAt < coolDownMs) return;
    this.#askedAt = now;
    try {
      this.#known = await this.#fetch();
      this.#fetchedAt = now;
      this.#fault = undefined;
    } catch (error) {
      this.#fault = error;
    }
  }

  async #fetch(): Promise<JWTVerifyGetKey> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await fetchKeys(this.#url, this.#ports.attemptMs ?? defaultAttemptMs);
      } catch (error) {
        if (attempt === attempts) throw error;
        await wait(this.#ports.random() * maxPauseMs);
      }
    }
  }
}

/** An answer without a single key for RS256 is none: an issuer that signs tokens has one. */
async function fetchKeys(url: string, attemptMs: number): Promise<JWTVerifyGetKey> {
  const signal = AbortSignal.timeout(attemptMs);
  const headers = { accept: 'application/json, application/jwk-set+json' };
  const response = await fetch(url, { signal, redirect: 'error', headers });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the token issuer answers ${response.status}`);
  }
  const set = (await response.json()) as JSONWebKeySet;
  const keys = createLocalJWKSet(set);
  if (!set.keys.some(({ kty }) => kty === 'RSA')) throw new Error('the token issuer names no key');
  return keys;
}
