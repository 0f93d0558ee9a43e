import { afterEach, describe, expect, it } from 'vitest';
import { awsLimits } from '../../src/aws-limits.ts';
import type { Apis } from '../../src/gateway/definition/api-definition.ts';
import { createRequestLimits } from '../../src/gateway/request-limits.ts';
import { ManualClock } from '../manual-clock.ts';
import { Client, startSocketApi } from './sockets/socket-api-server.ts';

const apis = (throttle?: { perSecond: number; burst: number }) =>
  ({ http: { throttle }, sockets: {} }) as Apis;

/** How many of so many in a row are let through. */
const taken = (take: () => boolean, count: number): number =>
  Array.from({ length: count }, take).filter(Boolean).length;

describe('[AW1] the request quota of an account', () => {
  it('is one for requests, frames and posts, with half a second of burst', () => {
    const clock = new ManualClock();
    const limits = createRequestLimits(awsLimits(10), apis(), clock);
    expect(taken(limits.http, 2) + taken(limits.sockets, 2)).toBe(4);
    expect(taken(() => limits.posts('id'), 3)).toBe(1);
    clock.advance(100);
    expect(taken(limits.http, 3)).toBe(1);
  });

  it('is not spent on what the stage refuses', () => {
    const limits = createRequestLimits(
      ...([awsLimits(10), apis({ perSecond: 1, burst: 2 }), new ManualClock()] as const),
    );
    expect([taken(limits.http, 5), taken(limits.sockets, 5)]).toEqual([2, 3]);
  });

  it('has one of its own for new connections', () => {
    const { connections } = createRequestLimits(awsLimits(), apis(), new ManualClock());
    expect(taken(connections, 600)).toBe(500);
  });

  it('limits nothing but posts unless asked to', () => {
    const limits = createRequestLimits(
      undefined,
      apis({ perSecond: 1, burst: 1 }),
      new ManualClock(),
    );
    expect([taken(limits.http, 9), taken(limits.sockets, 9)]).toEqual([9, 9]);
    expect(taken(() => limits.posts('id'), 5_001)).toBe(5_000);
  });
});

describe('[AW1] over the quota of an account', () => {
  let api: Awaited<ReturnType<typeof startSocketApi>>;
  afterEach(() => api.stop());

  it.each(['takeConnection', 'takeRequest'])('an upgrade is refused: %s', async (limit) => {
    api = await startSocketApi({ [limit]: () => false });
    const { statusCode, body } = await new Client(api.url).refusal();
    expect([statusCode, body.message]).toEqual([429, 'Too Many Requests']);
    expect(api.events).toEqual([]);
  });

  it('a frame is answered with an error, and reaches no function', async () => {
    let left = 1;
    api = await startSocketApi({ takeRequest: () => left-- > 0 });
    const client = await new Client(api.url).open();
    client.socket.send('{"type":"hello"}');
    expect(JSON.parse(await client.next())).toMatchObject({ message: 'Too Many Requests' });
    expect(api.events.map(({ functionId }) => functionId)).toEqual(['Guard', 'Connect']);
  });
});
