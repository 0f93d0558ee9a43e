import { clientFrameTable, pushTable, replyTable } from '@seenby/protocol/socket-routes.ts';
import { bearerPrefix, protocolVersion, subprotocol } from '@seenby/protocol/version.ts';
import { Components, type Json, sorted } from './components.ts';

const channel = '#/channels/connection';
const messageOf = (type: string): Json => ({ $ref: `${channel}/messages/${type}` });

/** The WebSocket frames as an AsyncAPI 3.0 document: the service receives and sends. */
export function describeSocket(): Json {
  const components = new Components();
  const messages = Object.fromEntries([
    ...clientFrameTable.map(({ type, about, schema }) => [
      type,
      messageFrom(type, about, components.describe(schema, 'sent')),
    ]),
    ...[...replyTable, ...pushTable].map(({ type, about, schema }) => [
      type,
      messageFrom(type, about, components.describe(schema, 'answered')),
    ]),
  ]);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Seenby over WebSocket',
      version: String(protocolVersion),
      description: `The token is the query parameter \`token\`, or travels as the subprotocol \`${bearerPrefix}<token>\` beside \`${subprotocol}\`. docs/protocol.md says what each frame does.`,
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { local: { host: 'localhost:3001', protocol: 'ws', description: 'The local cloud' } },
    channels: {
      connection: {
        address: '/',
        messages: Object.fromEntries(
          Object.keys(messages).map((type) => [type, { $ref: `#/components/messages/${type}` }]),
        ),
        bindings: {
          ws: { query: { type: 'object', properties: { token: { type: 'string' } } } },
        },
      },
    },
    operations: { ...received(), ...pushed() },
    components: { messages, schemas: sorted(components.schemas) },
  };
}

const messageFrom = (name: string, summary: string, payload: Json): Json => ({
  ...{ name, summary, payload },
});

/** What clients send. Whatever fails is answered with `error`. */
function received(): Json {
  return Object.fromEntries(
    clientFrameTable.map(({ type, about, replies }) => [
      type,
      {
        action: 'receive',
        channel: { $ref: channel },
        summary: about,
        messages: [messageOf(type)],
        reply: { channel: { $ref: channel }, messages: [...replies, 'error'].map(messageOf) },
      },
    ]),
  );
}

function pushed(): Json {
  return Object.fromEntries(
    pushTable.map(({ type, about }) => [
      type,
      {
        action: 'send',
        channel: { $ref: channel },
        summary: about,
        messages: [messageOf(type)],
      },
    ]),
  );
}
