import { describe, expect, it } from 'vitest';
import { aStatus, establish, groupId, standing } from '../support/scripted-client.ts';
import type { ScriptedHost } from '../support/scripted-host.ts';
import { tenMessages } from '../support/ten-messages.ts';

const asked = ({ socket }: ScriptedHost) =>
  socket.sent.filter(({ type }) => type === 'subscribe_group').length;

/** A client that is back, and asks for the group that it has open. */
async function reconnected() {
  const opened = await tenMessages();
  const { host, group } = opened;
  void group.subscribe();
  await host.settle();
  host.socket.reply('subscribe_group', {
    ...{ type: 'subscription_confirmed', version: 1 },
    ...standing(10, 0, 10, 1),
  });
  await host.settle();
  host.socket.drop();
  await host.advance(1000);
  await establish(host, aStatus({ lastSeq: 10, readSeq: 10 }));
  expect(asked(host)).toBe(1);
  return opened;
}

describe('[PU1] a group that is open and was not opened again', () => {
  it('is asked for once more when no answer comes', async () => {
    const { host } = await reconnected();
    await host.advance(9999);
    expect(asked(host)).toBe(1);
    await host.advance(1);
    // The link is not to blame.
    host.socket.reply('ping', { type: 'pong' });
    await host.advance(2000);
    expect(asked(host)).toBe(2);
    host.socket.reply('subscribe_group', {
      ...{ type: 'subscription_confirmed', version: 1 },
      ...standing(10, 0, 10, 1),
    });
    await host.advance(9000);
    expect(asked(host)).toBe(2);
  });

  it.each([
    ['in one answer for all', { type: 'error' }],
    ['by itself', { type: 'subscription_error', groupId }],
  ] as const)('is asked for when it may be, refused for its rate %s', async (_how, refusal) => {
    const { host } = await reconnected();
    const limited = { code: 'RATE_LIMITED', message: 'Too often.', retryAfterMs: 7000 } as const;
    host.socket.reply('subscribe_group', { ...refusal, ...limited });
    await host.advance(6999);
    expect(asked(host)).toBe(1);
    await host.advance(1);
    expect(asked(host)).toBe(2);
  });

  it('is not asked for again when it is refused for good', async () => {
    const { host } = await reconnected();
    host.socket.reply('subscribe_group', {
      ...{ type: 'subscription_error', groupId, code: 'FORBIDDEN', message: 'No.' },
    });
    await host.advance(9000);
    expect(asked(host)).toBe(1);
  });
});
