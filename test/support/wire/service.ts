import { exec } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import { inject } from 'vitest';
import { fetchServiceToken, fetchToken } from './http.ts';

interface TokenRequest {
  /** Whose token: the same account is the same user, under whatever id the issuer gives them. */
  account: string;
  name?: string;
  picture?: string;
  expiresInSeconds?: number;
}

/** Where the service under test is, and who vouches for its users. */
export interface Service {
  httpUrl: string;
  wsUrl: string;
  issueToken(request: TokenRequest): Promise<string>;
  /** A token of a backend, where tests may have one. */
  issueServiceToken?: (() => Promise<string>) | undefined;
  /** The issuer's own key, where tests may have it: not against a deployment. */
  signingKey?: JWK;
}

/** An id that nobody has used before. */
export function uniqueId(label: string): string {
  return `${label}-${randomBytes(6).toString('hex')}`;
}

function findService(): Service {
  const { SEENBY_HTTP_URL, SEENBY_WS_URL, SEENBY_TOKEN_COMMAND, SEENBY_SERVICE_TOKEN } =
    process.env;
  if (!SEENBY_HTTP_URL) return sharedService();
  if (!SEENBY_WS_URL || !SEENBY_TOKEN_COMMAND) {
    throw new Error('SEENBY_HTTP_URL goes with SEENBY_WS_URL and SEENBY_TOKEN_COMMAND.');
  }
  return {
    httpUrl: SEENBY_HTTP_URL.replace(/\/$/, ''),
    wsUrl: SEENBY_WS_URL,
    issueToken: (request) => runTokenCommand(SEENBY_TOKEN_COMMAND, request),
    ...(SEENBY_SERVICE_TOKEN && { issueServiceToken: async () => SEENBY_SERVICE_TOKEN }),
  };
}

async function runTokenCommand(command: string, request: TokenRequest): Promise<string> {
  const { account, name, expiresInSeconds } = request;
  const env = {
    ...process.env,
    SEENBY_USER: account,
    ...(name !== undefined && { SEENBY_USER_NAME: name }),
    ...(expiresInSeconds !== undefined && { SEENBY_EXPIRES_IN: String(expiresInSeconds) }),
  };
  const { stdout } = await promisify(exec)(command, { env });
  return stdout.trim();
}

/** A local cloud takes the account as the user's id. */
function sharedService(): Service {
  const { httpUrl, ...rest } = inject('sharedCloud');
  const issueToken = ({ account, ...more }: TokenRequest) => fetchToken(httpUrl, account, more);
  const issueServiceToken = () => fetchServiceToken(httpUrl);
  return { httpUrl, ...rest, issueToken, issueServiceToken };
}

/**
 * A deployment when the environment names one, else the local cloud that all tests of a run share.
 * Ids are unique for each test, so that what other tests and runs do is in nobody's way.
 */
export const service = findService();
