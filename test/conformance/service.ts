import { exec } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import { afterAll, inject } from 'vitest';
import { startCloud } from '../../local/cloud.ts';

interface TokenRequest {
  /** Whose token: the same account is the same user, under whatever id the issuer gives them. */
  account: string;
  name?: string;
  expiresInSeconds?: number;
}

/** Where the service under test is, and who vouches for its users. */
export interface Service {
  httpUrl: string;
  wsUrl: string;
  issueToken(request: TokenRequest): Promise<string>;
  /** The issuer's own key, where tests may have it: not against a deployment. */
  signingKey?: JWK;
  stop(): Promise<void>;
}

/** An id that nobody has used before. */
export function uniqueId(label: string): string {
  return `${label}-${randomBytes(6).toString('hex')}`;
}

async function openService(): Promise<Service> {
  const { SEENBY_HTTP_URL, SEENBY_WS_URL, SEENBY_TOKEN_COMMAND } = process.env;
  if (!SEENBY_HTTP_URL) return startLocal();
  if (!SEENBY_WS_URL || !SEENBY_TOKEN_COMMAND) {
    throw new Error('SEENBY_HTTP_URL goes with SEENBY_WS_URL and SEENBY_TOKEN_COMMAND.');
  }
  return {
    httpUrl: SEENBY_HTTP_URL.replace(/\/$/, ''),
    wsUrl: SEENBY_WS_URL,
    issueToken: (request) => runTokenCommand(SEENBY_TOKEN_COMMAND, request),
    stop: async () => {},
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

/** How an authorizer refuses, and what cuts short the last frames of a test file. */
const expectedErrors = /^(Error: Unauthorized|Sandbox\.Stopped)/;

async function startLocal(): Promise<Service> {
  const assemblyDir = inject('assemblyDir');
  const dataDir = await mkdtemp(join(tmpdir(), 'seenby-conformance-'));
  const cloud = await startCloud({
    assemblyDir,
    dataDir,
    dynamoDbEndpoint: inject('dynamoDbEndpoint'),
    tableNames: await ownTableNames(assemblyDir),
    simulatorEntry: fileURLToPath(new URL('../../simulator/main.ts', import.meta.url)),
    // Enough for requests to meet in the database; each sandbox takes its time to start.
    concurrency: 4,
    logInvocation: ({ functionName, error, lines }) => {
      if (error !== undefined && !expectedErrors.test(error))
        console.error(functionName, error, lines);
    },
  });
  return {
    httpUrl: cloud.httpUrl,
    wsUrl: cloud.wsUrl,
    issueToken: ({ account, ...rest }) => cloud.issueToken({ userId: account, ...rest }),
    signingKey: await readSigningKey(dataDir),
    stop: async () => {
      await cloud.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The database is shared with other clouds; the tables, and with them the streams, are not. */
async function ownTableNames(assemblyDir: string): Promise<Record<string, string>> {
  const file = (await readdir(assemblyDir)).find((name) => name.endsWith('.template.json'));
  const template = JSON.parse(await readFile(join(assemblyDir, file ?? ''), 'utf8')) as {
    Resources: Record<string, { Type: string }>;
  };
  return Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::DynamoDB::GlobalTable')
      .map(([logicalId]) => [logicalId, uniqueId(logicalId)]),
  );
}

const readSigningKey = async (dataDir: string): Promise<JWK> =>
  JSON.parse(await readFile(join(dataDir, 'identity-key.json'), 'utf8'));

/**
 * A deployment when the environment names one, else a local cloud for this test file alone. Ids are
 * unique for each test, so that leftovers of other tests and runs are in nobody's way.
 */
export const service = await openService();

afterAll(() => service.stop());
