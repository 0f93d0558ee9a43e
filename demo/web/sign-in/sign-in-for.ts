import type { PageConfig } from '../page-config.ts';
import { developmentIdentity } from './development-identity.ts';
import type { SignIn } from './identity.ts';
import { PastedToken } from './pasted-token.ts';
import { UserPoolIdentity } from './user-pool-identity.ts';

export function signInFor(config: PageConfig): SignIn {
  const { httpUrl, issuer, userPoolClientId } = config;
  if (new URL(issuer).hostname.endsWith('.localhost')) {
    return { kind: 'signedIn', identity: developmentIdentity(httpUrl) };
  }
  if (userPoolClientId !== undefined) return UserPoolIdentity.begin(issuer, userPoolClientId);
  return PastedToken.begin(issuer);
}
