import type { SeenbyStorage } from '../../../packages/client/src/pending/seenby-storage.ts';
import { SeenbyClient } from '../../../packages/client/src/seenby-client.ts';
import type { Environment } from '../../../packages/client/src/transport/environment.ts';
import { afterFile } from '../../support/after-file.ts';
import { patienceMs } from '../../support/time/patience.ts';
import { service } from '../../support/wire/service.ts';
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

/** What `look` finds, asked again with every change of a client's state. */
export function until<R>(
  client: SeenbyClient,
  what: string,
  look: () => R | undefined | false,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = look();
      if (found === undefined || found === false) return;
      stop();
      resolve(found);
    };
    const stopListening = client.subscribeState(check);
    const deadline = setTimeout(() => {
      stop();
      reject(new Error(`${what} did not come about within ${patienceMs} ms`));
    }, patienceMs);
    const stop = () => {
      clearTimeout(deadline);
      stopListening();
    };
    check();
  });
}
