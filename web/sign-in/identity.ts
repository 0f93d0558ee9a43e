import type { PageConfig } from '../page-config.ts';
import { developmentIdentity } from './development-identity.ts';
import { PastedToken } from './pasted-token.ts';
import { UserPoolIdentity } from './user-pool-identity.ts';

/** Who the page speaks for. */
export interface Identity {
  /** The service takes the user from the token; this is only shown. */
  readonly name: string;
  getToken(): Promise<string>;
  /** Tokens for anybody else: on the local cloud only. */
  tokenOf?(userId: string, name?: string): Promise<string>;
  signOut?(): void;
}

/** How somebody gets an identity: there already, or by what a person types. */
export type SignIn =
  | { readonly kind: 'signedIn'; readonly identity: Identity }
  | { readonly kind: 'password'; signIn(email: string, password: string): Promise<Identity> }
  | { readonly kind: 'token'; readonly issuer: string; signIn(token: string): Identity };

export function signInFor(config: PageConfig): SignIn {
  const { httpUrl, issuer, userPoolClientId } = config;
  if (new URL(issuer).hostname.endsWith('.localhost')) {
    return { kind: 'signedIn', identity: developmentIdentity(httpUrl) };
  }
  if (userPoolClientId !== undefined) return UserPoolIdentity.begin(issuer, userPoolClientId);
  return PastedToken.begin(issuer);
}
