import { tabStorage } from '../page-storage.ts';
import type { Identity, SignIn } from './identity.ts';
import { claimsOf } from './jwt-claims.ts';
import { reasonOf, SignInProblem } from './sign-in-problem.ts';

const storageKey = 'seenby.refreshToken';

interface AuthenticationResult {
  IdToken: string;
  RefreshToken?: string;
}

/** A user of the stack's own Cognito user pool. The refresh token lives as long as the tab. */
export class UserPoolIdentity implements Identity {
  static begin(issuer: string, clientId: string): SignIn {
    const initiate = initiateAuth(new URL(issuer).origin, clientId);
    const kept = tabStorage.getItem(storageKey);
    if (kept !== null) {
      return { kind: 'signedIn', identity: new UserPoolIdentity(initiate, kept, undefined) };
    }
    return {
      kind: 'password',
      signIn: async (email, password) => {
        const result = await initiate('USER_PASSWORD_AUTH', {
          USERNAME: email,
          PASSWORD: password,
        });
        tabStorage.setItem(storageKey, result.RefreshToken ?? '');
        return new UserPoolIdentity(initiate, result.RefreshToken ?? '', result.IdToken);
      },
    };
  }

  readonly #initiate: ReturnType<typeof initiateAuth>;
  readonly #refreshToken: string;
  #first: string | undefined;
  name = '';

  private constructor(
    initiate: ReturnType<typeof initiateAuth>,
    refreshToken: string,
    first: string | undefined,
  ) {
    this.#initiate = initiate;
    this.#refreshToken = refreshToken;
    this.#first = first;
    if (first !== undefined) this.#takeName(first);
  }

  /** The SDK asks whenever it needs a fresh one. */
  async getToken(): Promise<string> {
    const token = this.#first ?? (await this.#refresh());
    this.#first = undefined;
    this.#takeName(token);
    return token;
  }

  signOut(): void {
    tabStorage.removeItem(storageKey);
    location.reload();
  }

  async #refresh(): Promise<string> {
    const parameters = { REFRESH_TOKEN: this.#refreshToken };
    return (await this.#initiate('REFRESH_TOKEN_AUTH', parameters)).IdToken;
  }

  #takeName(token: string): void {
    const { name, email, sub } = claimsOf(token);
    this.name = name ?? email ?? sub;
  }
}

const initiateAuth =
  (endpoint: string, clientId: string) =>
  async (flow: string, parameters: Record<string, string>): Promise<AuthenticationResult> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
      },
      body: JSON.stringify({ ClientId: clientId, AuthFlow: flow, AuthParameters: parameters }),
    });
    const answer = await response.json();
    if (answer.AuthenticationResult) return answer.AuthenticationResult;
    throw new SignInProblem(reasonOf(answer), { cause: answer });
  };
