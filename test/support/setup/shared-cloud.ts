import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JWK } from 'jose';
import { startSeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { testConcurrency } from '../service/own-cloud.ts';
import { secretsIn, unexpectedErrorsOf } from './unexpected-errors.ts';

/** Where the service under test is; it passes from process to process. */
export interface SharedCloud {
  httpUrl: string;
  wsUrl: string;
  /** The issuer's own key. */
  signingKey: JWK;
}

const simulatorEntry = fileURLToPath(new URL('../../../demo/simulator/main.ts', import.meta.url));

/**
 * The service as a deployment would be: one for all tests that speak its wire protocol. Errors of its
 * functions that no test asked for are reported, and once it stops they are thrown.
 */
export async function startSharedCloud(
  assemblyDir: string,
  dynamoDbEndpoint: string,
  report: (error: Error) => void,
): Promise<{ cloud: SharedCloud; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'seenby-shared-'));
  const unexpected: Error[] = [];
  const { httpUrl, wsUrl, drained, stop } = await startSeenbyCloud({
    ...{ assemblyDir, dataDir, dynamoDbEndpoint, simulatorEntry },
    concurrency: testConcurrency,
    logInvocation: (entry) => {
      const errors = [...unexpectedErrorsOf(entry), ...secretsIn(entry)];
      if (errors.length === 0) return;
      const error = new Error(`a function logged what it should not\n${errors.join('\n')}`);
      unexpected.push(error);
      report(error);
    },
  });
  const key = await readFile(join(dataDir, 'identity-key.json'), 'utf8');
  return {
    cloud: { httpUrl, wsUrl, signingKey: JSON.parse(key) as JWK },
    stop: async () => {
      await drained();
      // What the functions miss while the services stop around them is no test's fault.
      const errors = [...unexpected];
      await stop();
      await rm(dataDir, { recursive: true, force: true });
      if (errors.length > 0) throw new AggregateError(errors, `${errors.length} unexpected errors`);
    },
  };
}
