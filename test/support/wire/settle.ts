import type { WireClient } from './wire-client.ts';

/** Everything that was on its way to a connection before has come once it has its pong. */
export const settle = (...clients: WireClient[]): Promise<unknown> =>
  Promise.all(clients.map((client) => client.ask('pong', { type: 'ping' })));
