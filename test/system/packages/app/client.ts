import { SeenbyClient } from '@seenby/client';

/** One that never connects. */
export const newClient = () =>
  new SeenbyClient({ url: 'ws://x.test', httpUrl: 'http://x.test', getToken: () => 'token' });
