import { type CloudOptions, type LocalCloud, startCloud } from '@seenby/local-cloud';
import { writeGrantUse } from './grant-use-file.ts';
import { IdentityProvider, localIssuer } from './identity/identity-provider.ts';
import type { TokenRequest } from './identity/token-request.ts';
import { Simulator } from './simulator/simulator.ts';
import { usageRoute } from './usage.ts';

export interface SeenbyCloudOptions extends Omit<CloudOptions, 'localHosts' | 'localRoutes'> {
  /** A script that plays members for the page, started when the page first asks for it. */
  simulatorEntry?: string;
}

export interface SeenbyCloud extends LocalCloud {
  issueToken(request: TokenRequest): Promise<string>;
}

/**
 * The stack on a local cloud, with what Seenby has beside it only here: an issuer of tokens, and the
 * simulator of the demo. Rejects as `startCloud` does.
 */
export async function startSeenbyCloud({
  simulatorEntry: entry,
  ...options
}: SeenbyCloudOptions): Promise<SeenbyCloud> {
  const { dataDir, clock, logLine = () => {} } = options;
  const identity = await IdentityProvider.create({
    ...(dataDir !== undefined && { dataDir }),
    ...(clock && { clock }),
  });
  const cloud: LocalCloud = await startCloud({
    ...options,
    // The simulator shows what its members cost.
    countsUnits: entry !== undefined,
    localHosts: [localIssuer],
    localRoutes: (addresses) => [
      identity,
      ...(entry === undefined
        ? []
        : [
            new Simulator({ ...addresses, entry, logLine }),
            usageRoute(() => cloud.consumedUnits()),
          ]),
    ],
  });
  return {
    ...cloud,
    issueToken: (request) => identity.issueToken(request),
    async stop() {
      await writeGrantUse(await cloud.grantUse());
      await cloud.stop();
    },
  };
}
