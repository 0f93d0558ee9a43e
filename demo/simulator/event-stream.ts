import type { ServerResponse } from 'node:http';
import { type Clock, Timers } from './clock.ts';

const minIntervalMs = 250;
const heartbeatMs = 10_000;

interface Watched {
  readonly state: unknown;
  watch(listener: () => void): () => void;
}

/** Sends the state as Server-Sent Events: at once, and with every change, four a second at most. */
export function streamEvents(watched: Watched, clock: Clock, response: ServerResponse): void {
  const timers = new Timers(clock);
  let last = '';
  const send = () => {
    const data = JSON.stringify(watched.state);
    if (data === last) return;
    last = data;
    response.write(`data: ${data}\n\n`);
    beat();
  };
  const beat = () => {
    timers.set('heartbeat', heartbeatMs, () => {
      response.write(':\n\n');
      beat();
    });
  };
  const changed = () => {
    if (!timers.has('send')) timers.set('send', minIntervalMs, send);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  send();
  const stopWatching = watched.watch(changed);
  response.once('close', () => {
    stopWatching();
    timers.stopAll();
  });
}
