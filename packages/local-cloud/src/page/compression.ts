import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** CloudFront compresses files from 1,000 bytes to 10 MB, of types like these. */
const minBytes = 1000;
const maxBytes = 10_000_000;
const types = /^(text\/|application\/(json|manifest\+json)|image\/(svg\+xml|x-icon))/;

export interface Answer {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
}

/** Compresses what a distribution serves, for those who take gzip, as CloudFront does where the template says so. */
export class Compression {
  /** What is served again and again is compressed once. */
  readonly #known = new Map<string, Promise<Buffer>>();

  /** `path`: of a file that is served as it is. */
  async apply(
    body: Buffer,
    contentType: string,
    accepted: string | undefined,
    path: string | undefined,
  ): Promise<Answer> {
    const isTaken = /\bgzip\b/.test(accepted ?? '') && types.test(contentType);
    if (!isTaken || body.length < minBytes || body.length > maxBytes) {
      return { headers: { 'content-length': body.length }, body };
    }
    const compressed = await this.#compressed(body, path);
    const headers = { 'content-encoding': 'gzip', vary: 'Accept-Encoding' };
    return { headers: { ...headers, 'content-length': compressed.length }, body: compressed };
  }

  #compressed(body: Buffer, path: string | undefined): Promise<Buffer> {
    const known = path === undefined ? undefined : this.#known.get(path);
    const compressed = known ?? compress(body);
    if (path !== undefined) this.#known.set(path, compressed);
    return compressed;
  }
}
