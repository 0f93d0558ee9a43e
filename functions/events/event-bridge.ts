import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { clientOptions } from '../runtime/aws-client.ts';
import type { EventBus } from './event-bus.ts';
import { inRequests } from './in-requests.ts';

/** Events come from here, as rules of the bus see it. */
const source = 'seenby';

/** An EventBridge bus. A request may be taken in part, and is then repeated as a whole. */
export function eventBridge(name: string): EventBus {
  const client = new EventBridgeClient(clientOptions());
  return {
    async publish(events) {
      const entries: PutEventsRequestEntry[] = events.map(({ type, detail }) => ({
        EventBusName: name,
        Source: source,
        DetailType: type,
        Detail: JSON.stringify(detail),
      }));
      for (const Entries of inRequests(entries)) {
        const answer = await client.send(new PutEventsCommand({ Entries }));
        const refused = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
        if (refused) {
          throw new Error(
            `EventBridge refused ${answer.FailedEntryCount} of ${Entries.length} events`,
            {
              cause: new Error(`${refused.ErrorCode}: ${refused.ErrorMessage}`),
            },
          );
        }
      }
    },
  };
}
