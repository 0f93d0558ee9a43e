import { idSchema } from '@seenby/protocol/ids/identifiers.ts';
import { pictureSchema } from '@seenby/protocol/profile.ts';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { environmentNames } from '../runtime/environment.ts';
import { required } from '../runtime/required-environment.ts';
import { IssuerKeys } from './issuer-keys.ts';

/** Who a token speaks for, and until when (epoch milliseconds). */
export interface Identity {
  userId: string;
  name?: string;
  /** An https address. */
  picture?: string;
  expiresAt: number;
}

export type Authentication =
  | { outcome: 'authenticated'; identity: Identity }
  | { outcome: 'service' }
  | { outcome: 'expired' }
  | { outcome: 'refused' };

export interface TokenSettings {
  issuer: string;
  audience: string;
  /** That of service tokens, where it is another one. */
  serviceAudience?: string | undefined;
  /** The claim that says who the user is. */
  userIdClaim: string;
}

export type Authenticate = (token: string | undefined) => Promise<Authentication>;

const serviceScope = 'seenby/service';
const maxNameLength = 100;
const clockToleranceSeconds = 5;

/**
 * Checks tokens of one issuer. RS256 only, with time, issuer and audience; Cognito's access tokens
 * name their audience in `client_id`.
 * @throws when the issuer's keys cannot be fetched.
 */
export function authenticator(settings: TokenSettings, keys: JWTVerifyGetKey): Authenticate {
  const { issuer } = settings;
  return async (token) => {
    if (!token) return { outcome: 'refused' };
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer,
        requiredClaims: ['exp'],
        clockTolerance: clockToleranceSeconds,
      });
      return identify(payload, settings);
    } catch (error) {
      return explain(error);
    }
  };
}

/** The authenticator of this deployment. */
export const wireAuthenticate = (): Authenticate =>
  authenticator(
    {
      issuer: required('issuer'),
      audience: required('audience'),
      serviceAudience: process.env[environmentNames.serviceAudience],
      userIdClaim: required('userIdClaim'),
    },
    new IssuerKeys(required('jwksUri')).find,
  );

function identify(payload: JWTPayload, settings: TokenSettings): Authentication {
  const { audience, serviceAudience = audience, userIdClaim } = settings;
  const audiences = [payload.aud ?? payload.client_id].flat();
  // Its user, where it names one, is nobody here.
  if (isForService(payload)) {
    return { outcome: audiences.includes(serviceAudience) ? 'service' : 'refused' };
  }
  const userId = idSchema.safeParse(payload[userIdClaim]);
  const expiresAt = (payload.exp ?? 0) * 1000;
  if (!audiences.includes(audience) || !userId.success) return { outcome: 'refused' };
  // No time at all: what is done with it from here on takes a number.
  if (!Number.isFinite(expiresAt)) return { outcome: 'refused' };
  const name =
    typeof payload.name === 'string'
      ? payload.name.slice(0, maxNameLength).toWellFormed()
      : undefined;
  const picture = pictureSchema.safeParse(payload.picture);
  return {
    outcome: 'authenticated',
    identity: {
      userId: userId.data,
      ...(name && { name }),
      ...(picture.success && { picture: picture.data }),
      // Beyond what a number holds exactly is as good as never.
      expiresAt: Math.min(expiresAt, Number.MAX_SAFE_INTEGER),
    },
  };
}

/** Scopes are words of one text, as RFC 8693 has them. */
const isForService = ({ scope }: JWTPayload): boolean =>
  typeof scope === 'string' && scope.split(' ').includes(serviceScope);

function explain(error: unknown): Authentication {
  if (error instanceof errors.JWTExpired) return { outcome: 'expired' };
  // Anything that is not about the token itself: no keys to be had, or a key that is none.
  if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSInvalid) throw error;
  return { outcome: 'refused' };
}
