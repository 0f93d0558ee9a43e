import type { SeenbyStorage } from '../../../packages/client/src/pending/seenby-storage.ts';
import { SeenbyClient } from '../../../packages/client/src/seenby-client.ts';
import type { Environment } from '../../../packages/client/src/transport/environment.ts';
import { afterFile } from '../../support/after-file.ts';
import { service } from '../../support/wire/service.ts';
import { until } from '../../support/wire/until.ts';
import type { User } from '../../support/wire/user.ts';

export interface RealClientOptions {
  environment?: Partial<Environment>;
  storage?: SeenbyStorage;
}

/** A client of the service under test. */
export function realClient(user: User, options: RealClientOptions = {}): SeenbyClient {
  const client = new SeenbyClient({
    ...{ url: service.wsUrl, httpUrl: service.httpUrl, getToken: () => user.token },
    ...options,
  });
  afterFile(() => client.close());
  return client;
}

/** Connects, however many attempts that takes on a machine that is busy. */
export async function connectAtLast(client: SeenbyClient): Promise<void> {
  client.connect().catch(() => {});
  await until(client, 'a connection', () => client.connection.state === 'connected');
}
