import { createHmac, hash } from 'node:crypto';

/** A request to the connection management of a WebSocket API, not yet signed. */
export interface UnsignedRequest {
  method: string;
  /** As it is sent, escaped once. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

const service = 'execute-api';
const algorithm = 'AWS4-HMAC-SHA256';

const sha256 = (text: string): string => hash('sha256', text);
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/**
 * Signature version 4 with the credentials that Lambda put into the environment; they last as long
 * as it does. A frame goes to hundreds of connections within a second: the key of the day and the
 * hash of the body are made once, and what is left is two hashes.
 *
 * @returns the headers to send, the signature among them
 */
export function connectionSigner(signingDate = () => new Date()) {
  const { AWS_REGION: region = '', AWS_ACCESS_KEY_ID: keyId = '' } = process.env;
  const { AWS_SECRET_ACCESS_KEY: secret = '', AWS_SESSION_TOKEN: token } = process.env;
  const keyOf = remembering((day) =>
    [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, day)),
  );
  const hashOf = remembering(sha256);
  return ({ method, path, headers, body }: UnsignedRequest): Record<string, string> => {
    const time = signingDate()
      .toISOString()
      .replace(/[-:]|\.\d+/g, '');
    const day = time.slice(0, 8);
    const signed: Record<string, string> = {
      ...headers,
      'x-amz-content-sha256': hashOf(body),
      'x-amz-date': time,
      ...(token && { 'x-amz-security-token': token }),
    };
    const names = Object.keys(signed).sort();
    const lines = names.map((name) => `${name}:${signed[name]?.trim()}\n`).join('');
    const request = `${method}\n${escapedAgain(path)}\n\n${lines}\n${names.join(';')}\n${signed['x-amz-content-sha256']}`;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const text = `${algorithm}\n${time}\n${scope}\n${sha256(request)}`;
    const signature = hmac(keyOf(day), text).toString('hex');
    const authorization = `${algorithm} Credential=${keyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
    return { ...signed, authorization };
  };
}

/** Every service but S3 signs the path escaped twice. */
const escapedAgain = (path: string): string =>
  encodeURIComponent(path)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Keeps the newest result: the next input is nearly always the same. */
function remembering<T>(make: (input: string) => T): (input: string) => T {
  let last: { input: string; result: T } | undefined;
  return (input) => {
    if (last?.input !== input) last = { input, result: make(input) };
    return last.result;
  };
}
