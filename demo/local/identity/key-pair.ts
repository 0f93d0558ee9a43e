import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

export interface SigningKey {
  keyId: string;
  privateKey: Awaited<ReturnType<typeof importJWK>>;
  publicJwk: JWK;
}

const fileName = 'identity-key.json';

/**
 * The RS256 key pair that signs local tokens: made anew, or kept in the data directory, so that
 * tokens survive a restart. Throws when the kept file is not readable.
 */
export async function loadSigningKey(dataDir?: string): Promise<SigningKey> {
  const kept = dataDir === undefined ? undefined : await readKept(join(dataDir, fileName));
  const jwk = kept ?? (await createJwk());
  if (!kept && dataDir !== undefined) {
    await mkdir(dataDir, { recursive: true });
    await writeFile(join(dataDir, fileName), JSON.stringify(jwk), { mode: 0o600 });
  }
  const keyId = await calculateJwkThumbprint(jwk);
  const { kty, n, e } = jwk as Required<Pick<JWK, 'n' | 'e'>> & { kty: string };
  return {
    keyId,
    privateKey: await importJWK(jwk, 'RS256'),
    publicJwk: { kty, n, e, kid: keyId, alg: 'RS256', use: 'sig' },
  };
}

async function createJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return exportJWK(privateKey);
}

async function readKept(path: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as JWK;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The key file ${path} cannot be read; delete it to get a new key.`, { cause });
  }
}
