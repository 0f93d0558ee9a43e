import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, systemClock } from '@seenby/local-cloud/clock.ts';
import { readBody } from '@seenby/local-cloud/gateway/read-body.ts';
import { urlOf } from '@seenby/local-cloud/gateway/request-values.ts';
import { respondJson } from '@seenby/local-cloud/gateway/respond.ts';
import { SignJWT } from 'jose';
import { loadSigningKey, type SigningKey } from './key-pair.ts';
import { type TokenRequest, tokenRequest } from './token-request.ts';

/** What local tokens say about themselves, and what the stack is synthesized to trust. */
export const localIssuer = 'https://identity.seenby.localhost';
export const localAudience = 'seenby';

const defaultExpirySeconds = 3600;
const maxBodyBytes = 4096;

/** An OIDC issuer for development: it gives anyone a token for any user id. */
export class IdentityProvider {
  static async create(options: { dataDir?: string; clock?: Clock }): Promise<IdentityProvider> {
    return new IdentityProvider(await loadSigningKey(options.dataDir), options.clock);
  }

  readonly #key: SigningKey;
  readonly #clock: Clock;

  private constructor(key: SigningKey, clock: Clock = systemClock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** A signed RS256 token for a user, or for a backend. */
  issueToken({ userId, name, picture, expiresInSeconds, service }: TokenRequest): Promise<string> {
    const nowSeconds = Math.floor(this.#clock.nowMs() / 1000);
    const expirySeconds = nowSeconds + (expiresInSeconds ?? defaultExpirySeconds);
    return (
      new SignJWT({
        ...(name !== undefined && { name }),
        ...(picture !== undefined && { picture }),
        ...(service && { scope: 'seenby/service' }),
      })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.#key.keyId })
        .setSubject(userId ?? 'service')
        .setIssuer(localIssuer)
        .setAudience(localAudience)
        // A token that has already run out was issued before it did.
        .setIssuedAt(Math.min(nowSeconds, expirySeconds - 1))
        .setExpirationTime(expirySeconds)
        .sign(this.#key.privateKey)
    );
  }

  /** Answers the provider's own addresses; false for any other, and the caller goes on. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    switch (`${request.method} ${urlOf(request)?.pathname}`) {
      case 'POST /dev/token':
        await this.#answerToken(request, response);
        return true;
      case 'GET /.well-known/jwks.json':
        respondJson(response, 200, { keys: [this.#key.publicJwk] });
        return true;
      case 'GET /.well-known/openid-configuration':
        respondJson(response, 200, describeProvider(`http://${request.headers.host}`));
        return true;
      default:
        return false;
    }
  }

  async #answerToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = tokenRequest.safeParse(parseJson(await readBody(request, maxBodyBytes)));
    if (parsed.success) {
      return respondJson(response, 200, { token: await this.issueToken(parsed.data) });
    }
    const [issue] = parsed.error.issues;
    const message = `${issue?.path.join('.') || 'body'}: ${issue?.message}`;
    respondJson(response, 400, { error: { code: 'BAD_REQUEST', message } });
  }
}

function parseJson(body: Buffer | 'tooLarge'): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}

/** The keys are named by the address the caller used, since the issuer's own name resolves nowhere. */
function describeProvider(baseUrl: string) {
  return {
    issuer: localIssuer,
    jwks_uri: `${baseUrl}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
  };
}
