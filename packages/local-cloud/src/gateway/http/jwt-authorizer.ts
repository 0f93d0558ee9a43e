import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { JwtAuthorizer } from '../definition/authorizers.ts';
import { forbidden, type Refusal, unauthorized } from '../lambda-authorizer.ts';

export type JwtVerdict =
  | { allowed: true; claims: Record<string, string>; scopes: string[] | null }
  | Refusal;

/** Verifies tokens as an HTTP API's JWT authorizer does: RSA only, keys found by OIDC discovery. */
export function createJwtVerifier(
  { issuer, audience }: JwtAuthorizer,
  rewrite: (url: string) => string,
): (token: string, requiredScopes: string[]) => Promise<JwtVerdict> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (token, requiredScopes) => {
    try {
      keys ??= discoverKeys(issuer, rewrite);
      const { payload } = await jwtVerify(token.replace(/^Bearer\s+/i, ''), await keys, {
        issuer,
        audience,
        algorithms: ['RS256', 'RS384', 'RS512'],
      });
      return judge(payload, requiredScopes);
    } catch {
      keys = undefined; // a failed discovery is tried again with the next token
      return unauthorized;
    }
  };
}

async function discoverKeys(
  issuer: string,
  rewrite: (url: string) => string,
): Promise<JWTVerifyGetKey> {
  const url = rewrite(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const configuration = (await (await fetch(url)).json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(rewrite(configuration.jwks_uri)));
}

function judge(payload: JWTPayload, requiredScopes: string[]): JwtVerdict {
  const text = typeof payload.scope === 'string' ? payload.scope : undefined;
  const scopes = text?.split(' ') ?? null;
  const isGranted = requiredScopes.some((scope) => scopes?.includes(scope));
  if (requiredScopes.length > 0 && !isGranted) return forbidden;
  const claims = Object.entries(payload).map(([name, value]) => [name, String(value)]);
  return { allowed: true, claims: Object.fromEntries(claims), scopes };
}
