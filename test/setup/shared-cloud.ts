import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JWK } from 'jose';
import { startCloud } from '../../local/cloud.ts';
import type { InvocationLog } from '../../local/lambda/functions.ts';

/** Where the service under test is; it passes from process to process. */
export interface SharedCloud {
  httpUrl: string;
  wsUrl: string;
  /** The issuer's own key. */
  signingKey: JWK;
}

const simulatorEntry = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url));
/** How an authorizer refuses, and what cuts short the last frames of a run. */
const expectedErrors = /^(Error: Unauthorized|Sandbox\.Stopped)/;

/** The service as a deployment would be: one for all tests that speak its wire protocol. */
export async function startSharedCloud(
  assemblyDir: string,
  dynamoDbEndpoint: string,
): Promise<{ cloud: SharedCloud; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'seenby-shared-'));
  const { httpUrl, wsUrl, stop } = await startCloud({
    ...{ assemblyDir, dataDir, dynamoDbEndpoint, simulatorEntry },
    // Enough for requests to meet in the database; each sandbox takes its time to start.
    concurrency: 4,
    logInvocation,
  });
  const key = await readFile(join(dataDir, 'identity-key.json'), 'utf8');
  return {
    cloud: { httpUrl, wsUrl, signingKey: JSON.parse(key) as JWK },
    stop: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const logInvocation: InvocationLog = ({ functionName, error, lines }) => {
  if (error !== undefined && !expectedErrors.test(error)) {
    console.error(functionName, error, lines);
  }
};
