import { createServer, type RequestListener } from 'node:http';
import { closeServer, listen } from '@seenby/local-cloud/gateway/listen.ts';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

type Answer = 'keys' | 'silence' | 'reset' | 'half an answer' | { status?: number; body: string };

const { privateKey: first, publicKey: firstPublic } = await generateKeyPair('RS256');
const { privateKey: second, publicKey: secondPublic } = await generateKeyPair('RS256');
const pairs = {
  first: { signing: first, verifying: firstPublic },
  second: { signing: second, verifying: secondPublic },
};

export type KeyName = keyof typeof pairs;

/** An OpenID Connect provider that publishes its keys, or fails to. */
export class TokenIssuer {
  readonly issuer = 'https://login.example.com';
  readonly audience = 'seenby';
  /** What it answers from now on. */
  answers: Answer = 'keys';
  /** The keys that it publishes. */
  published: KeyName[] = ['first'];
  /** How often it was asked. */
  asked = 0;
  readonly #server = createServer((request, response) => this.#answer(request, response));
  #port = 0;

  static async open(): Promise<TokenIssuer> {
    const issuer = new TokenIssuer();
    issuer.#port = await listen(issuer.#server, 0, 'the port');
    return issuer;
  }

  get jwksUri(): string {
    return `http://127.0.0.1:${this.#port}/keys`;
  }

  /** A token of this issuer with these claims, good for an hour from `now`. */
  token(
    claims: object,
    options: { key?: KeyName; keyId?: string; header?: object } = {},
  ): Promise<string> {
    const { key = 'first', keyId = key, header = {} } = options;
    const seconds = Math.floor(Date.now() / 1000);
    const { issuer: iss, audience: aud } = this;
    return new SignJWT({ iss, aud, iat: seconds, exp: seconds + 3600, ...claims })
      .setProtectedHeader({ ...header, alg: 'RS256', kid: keyId })
      .sign(pairs[key].signing);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return closeServer(this.#server);
  }

  readonly #answer: RequestListener = async (request, response) => {
    this.asked += 1;
    if (this.answers === 'silence') return;
    if (this.answers === 'reset') return request.socket.resetAndDestroy();
    if (this.answers === 'half an answer') return response.write('{"keys":');
    const { status = 200, body } = this.answers === 'keys' ? await this.#keySet() : this.answers;
    response.writeHead(status).end(body);
  };

  async #keySet(): Promise<{ status?: number; body: string }> {
    const keys: JWK[] = [];
    for (const name of this.published) {
      keys.push({ ...(await exportJWK(pairs[name].verifying)), kid: name, use: 'sig' });
    }
    return { body: JSON.stringify({ keys }) };
  }
}
