import type { Identity, SignIn } from './identity.ts';
import { claimsOf } from './jwt-claims.ts';

const storageKey = 'seenby.token';

/** A token from an identity provider that the page knows nothing about. */
export class PastedToken implements Identity {
  static begin(issuer: string): SignIn {
    const kept = sessionStorage.getItem(storageKey);
    if (kept !== null) return { kind: 'signedIn', identity: new PastedToken(kept) };
    return {
      kind: 'token',
      issuer,
      signIn: (token) => {
        const identity = new PastedToken(token.trim());
        sessionStorage.setItem(storageKey, token.trim());
        return identity;
      },
    };
  }

  readonly name: string;
  readonly #token: string;

  /** Throws when it is no JWT. */
  private constructor(token: string) {
    const { name, email, sub } = claimsOf(token);
    this.name = name ?? email ?? sub;
    this.#token = token;
  }

  async getToken(): Promise<string> {
    return this.#token;
  }

  signOut(): void {
    sessionStorage.removeItem(storageKey);
    location.reload();
  }
}
