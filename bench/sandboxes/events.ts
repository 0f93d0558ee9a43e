import { groupId } from '../played/acts.ts';
import { type CalledGroup, connectionOf } from './called-group.ts';

const readsOfBatch = 20;
export const connectionsOfJob = 250;

export type NewEvent = () => Promise<unknown>;

/** By the name of a function in the template: an event as it usually gets, on the same group. */
export function eventsOf(group: CalledGroup, token: string): Record<string, NewEvent> {
  const readers = group.memberIds.slice(1, 1 + readsOfBatch);
  const batch = async () => {
    await group.send();
    const Records = [];
    for (const userId of readers) Records.push(await group.read(userId));
    return { Records };
  };
  return {
    Authorizer: async () => ({
      ...{
        type: 'REQUEST',
        methodArn: 'arn:aws:execute-api:us-east-1:123456789012:a/live/$connect',
      },
      headers: { 'Sec-WebSocket-Protocol': `seenby.v1, seenby.bearer.${token}` },
      queryStringParameters: { token },
    }),
    Socket: async () => {
      const { userId, upTo } = await group.nextMark();
      return {
        requestContext: {
          ...{ eventType: 'MESSAGE', routeKey: 'mark_read', requestId: 'r' },
          ...{ connectionId: connectionOf(userId).connectionId, connectedAt: Date.now() },
          authorizer: { userId, expiresAt: Date.now() + 3_600_000 },
        },
        body: JSON.stringify({ type: 'mark_read', groupId, upTo }),
      };
    },
    Http: async () => ({
      ...{ routeKey: 'GET /groups/{groupId}/receipts', pathParameters: { groupId } },
      ...{ queryStringParameters: { from: '1', to: '50' }, requestContext: { requestId: 'r' } },
      headers: { authorization: `Bearer ${token}` },
    }),
    Recorder: batch,
    FanOut: batch,
    Push: async () => ({
      Records: [
        {
          messageId: 'm',
          body: JSON.stringify({
            ...{
              attempt: 0,
              madeAt: Date.now(),
              data: JSON.stringify({ content: 'x'.repeat(330) }),
            },
            connections: group.memberIds
              .slice(0, connectionsOfJob)
              .map((userId) => connectionOf(userId)),
          }),
        },
      ],
    }),
    Maintenance: async () => ({}),
  };
}
