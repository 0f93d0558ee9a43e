import type { GroupStatus } from '@seenby/protocol/entities.ts';
import { aStatus, type standing } from './scripted-client.ts';
import type { ScriptedHost } from './scripted-host.ts';
import { tenMessages } from './ten-messages.ts';

/** Ten messages, two of them read, as of state version 20. */
export async function ten(options: Parameters<typeof tenMessages>[0] = {}) {
  const scripted = await tenMessages({ status: { stateVersion: 20 }, ...options });
  scripted.host.answer = () => new Error('no network');
  return scripted;
}

export const movePosition = ({ socket }: ScriptedHost, to: ReturnType<typeof standing>) =>
  socket.push({ type: 'read_position', ...to });

export const statusesAsked = ({ socket }: ScriptedHost) =>
  socket.sentOf('get_status').map(({ groupIds }) => groupIds);

export const answerStatus = (host: ScriptedHost, status: ReturnType<typeof standing>) =>
  answerStatuses(host, [aStatus(status)]);

export async function answerStatuses(
  host: ScriptedHost,
  groups: GroupStatus[],
  goneGroupIds: string[] = [],
): Promise<void> {
  host.socket.reply('get_status', { type: 'group_status', groups, goneGroupIds });
  await host.settle();
}
