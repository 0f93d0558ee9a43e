import { tabStorage } from '../page-storage.ts';
import type { Identity, SignIn } from './identity.ts';
import { claimsOf } from './jwt-claims.ts';
import { SignInProblem } from './sign-in-problem.ts';

const storageKey = 'seenby.token';

/** A token from an identity provider that the page knows nothing about. */
export class PastedToken implements Identity {
  static begin(issuer: string): SignIn {
    const kept = tabStorage.getItem(storageKey);
    if (kept !== null) return { kind: 'signedIn', identity: new PastedToken(kept) };
    return {
      kind: 'token',
      issuer,
      signIn: (token) => {
        const identity = new PastedToken(token.trim());
        tabStorage.setItem(storageKey, token.trim());
        return identity;
      },
    };
  }

  readonly name: string;
  readonly #token: string;

  /** Throws a SignInProblem when it is no JWT. */
  private constructor(token: string) {
    this.name = nameIn(token);
    this.#token = token;
  }

  async getToken(): Promise<string> {
    return this.#token;
  }

  signOut(): void {
    tabStorage.removeItem(storageKey);
    location.reload();
  }
}

function nameIn(token: string): string {
  try {
    const { name, email, sub } = claimsOf(token);
    return name ?? email ?? sub;
  } catch (cause) {
    throw new SignInProblem('noToken', { cause });
  }
}
