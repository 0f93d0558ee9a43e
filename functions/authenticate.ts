import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { idSchema } from '../protocol/identifiers.ts';
import { required } from './required-environment.ts';

/** Who a token speaks for, and until when (epoch milliseconds). */
export interface Identity {
  userId: string;
  name?: string;
  expiresAt: number;
}

export type Authentication =
  | { outcome: 'authenticated'; identity: Identity }
  | { outcome: 'expired' }
  | { outcome: 'refused' };

export interface TokenSettings {
  issuer: string;
  audience: string;
  jwksUri: string;
}

export type Authenticate = (token: string | undefined) => Promise<Authentication>;

const longestName = 100;
const clockToleranceSeconds = 5;

/**
 * Checks tokens of one issuer. RS256 only, with time, issuer and audience; Cognito's access tokens
 * name their audience in `client_id`.
 * @throws when the issuer's keys cannot be fetched.
 */
function authenticator(settings: TokenSettings): Authenticate {
  const keys = createRemoteJWKSet(new URL(settings.jwksUri), { cooldownDuration: 30_000 });
  return async (token) => {
    if (!token) return { outcome: 'refused' };
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: settings.issuer,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: clockToleranceSeconds,
      });
      return identify(payload, settings.audience);
    } catch (error) {
      return explain(error);
    }
  };
}

/** The authenticator of this deployment. */
export const wireAuthenticate = (): Authenticate =>
  authenticator({
    issuer: required('issuer'),
    audience: required('audience'),
    jwksUri: required('jwksUri'),
  });

function identify(payload: JWTPayload, audience: string): Authentication {
  const audiences = [payload.aud ?? payload.client_id].flat();
  const userId = idSchema.safeParse(payload.sub);
  if (!audiences.includes(audience) || !userId.success) return { outcome: 'refused' };
  const name = typeof payload.name === 'string' ? payload.name.slice(0, longestName) : undefined;
  return {
    outcome: 'authenticated',
    identity: {
      userId: userId.data,
      ...(name !== undefined && { name }),
      expiresAt: (payload.exp ?? 0) * 1000,
    },
  };
}

function explain(error: unknown): Authentication {
  if (error instanceof errors.JWTExpired) return { outcome: 'expired' };
  if (isFault(error))
    throw new Error('the keys of the token issuer cannot be had', { cause: error });
  return { outcome: 'refused' };
}

/** Anything that is not about the token itself: no answer, a timeout, a broken key set. */
const isFault = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  error.code === 'ERR_JOSE_GENERIC';
