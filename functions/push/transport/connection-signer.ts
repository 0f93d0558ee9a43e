import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** A request to the connection management of a WebSocket API, not yet signed. */
export interface UnsignedRequest {
  method: string;
  protocol: string;
  hostname: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

type Bytes = string | ArrayBuffer | ArrayBufferView;

/** Node's own SHA-256, as the signer wants it. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: Bytes) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(data: Bytes): void {
    this.#hash.update(toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }

  /** Part of the interface; the signer makes a new one each time. */
  reset(): void {}
}

function toBytes(data: Bytes): string | Uint8Array {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** Signs with the credentials that Lambda put into the environment; they last as long as it does. */
export function connectionSigner(signingDate?: () => Date) {
  const signer = new SignatureV4({
    service: 'execute-api',
    region: process.env.AWS_REGION ?? '',
    credentials: async () => ({
      accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
      ...(process.env.AWS_SESSION_TOKEN && { sessionToken: process.env.AWS_SESSION_TOKEN }),
    }),
    sha256: Sha256,
  });
  return (request: UnsignedRequest) =>
    signer.sign(request, signingDate ? { signingDate: signingDate() } : {});
}
