import { seenbyEventSchema } from '@seenby/protocol/events/service-events.ts';
import { webhookHeaders } from '@seenby/protocol/events/webhook.ts';
import type { Components, Json } from './components.ts';

const about: Record<keyof typeof webhookHeaders, string> = {
  id: 'The id of the event.',
  timestamp: 'When this attempt was made, in epoch seconds.',
  signature:
    '`v1,` and the base64 of HMAC-SHA256 of `<id>.<timestamp>.<body>`; several with spaces between.',
};

/** The requests that the setting `webhookUrl` brings, as the receiver sees them. */
export const describeWebhook = (components: Components): Json => ({
  event: {
    post: {
      operationId: 'takeEvent',
      summary: 'Takes an event. docs/events.md says how it is signed and how often it comes.',
      security: [],
      parameters: Object.entries(webhookHeaders).map(([key, name]) => ({
        ...{ name, in: 'header', required: true, schema: { type: 'string' } },
        description: about[key as keyof typeof webhookHeaders],
      })),
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: components.describe(seenbyEventSchema, 'answered') },
        },
      },
      responses: {
        '2XX': { description: 'Taken.' },
        default: { description: 'Not taken: the event comes again.' },
      },
    },
  },
});
