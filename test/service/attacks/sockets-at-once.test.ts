import { expect, inject, it } from 'vitest';
import { maxConnections } from '../../../functions/store/users/connections.ts';
import { inProcessService } from '../../support/in-process/in-process-service.ts';
import { readTableDefinition } from '../../support/in-process/table-definition.ts';
import { VirtualTime } from '../../support/time/virtual-time.ts';

const definition = await readTableDefinition(inject('tableAssemblyDir'));

it('[SE9] of thirty sockets that open at once those above twenty end, though the service could not tell them yet', async () => {
  const time = new VirtualTime();
  let requests = 0;
  const { socket, service } = inProcessService(time, definition, () => 5 + 10 * (requests++ % 7));
  const received = Array.from({ length: 30 }, (): string[] => []);
  const closed = new Set<number>();
  const open = (frames: string[], i: number) =>
    socket.connect(`socket-${i}`, {
      ...{ userId: 'ann', tokenExpiresAt: time.now + 3_600_000, connectedAt: time.now },
      receive: (text) => void frames.push((JSON.parse(text) as { type: string }).type),
      closed: () => void closed.add(i),
    });
  await time.pass(Promise.all(received.map(open)));
  const untold = received.filter((frames, i) => frames.length === 0 && !closed.has(i));
  // More than there may be: what API Gateway had not opened yet took no post.
  expect(untold.length).toBeGreaterThan(maxConnections);

  const hello = JSON.stringify({ type: 'hello' });
  await time.pass(Promise.all(received.map((_, i) => socket.frame(`socket-${i}`, hello))));
  const established = received.filter((frames) => frames.includes('connection_established'));
  expect(established).toHaveLength(maxConnections);
  expect(closed.size).toBe(received.length - maxConnections);
  expect(await time.pass(service.connections.ofUsers(['ann']))).toHaveLength(maxConnections);
});
