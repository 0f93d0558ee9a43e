import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { clientCredentials, verifyEvent } from '@seenby/server';

/** A backend that takes events, as little as it takes. */
export function takeEvents(secret: string, print: (text: string) => void): Server {
  // @verifyEvent
  const server = createServer(async (request, response) => {
    const verified = verifyEvent(await buffer(request), request.headers, secret);
    if (verified.outcome === 'refused') {
      print(verified.message);
      return response.writeHead(400).end();
    }
    const { event } = verified;
    if (event.type === 'message.reminded') {
      for (const userId of event.detail.notConnected) print(`a notification for ${userId}`);
    }
    response.writeHead(204).end();
  });
  // @end
  return server;
}

export const tokensOf = (tokenUrl: string) => {
  // @clientCredentials
  const getToken = clientCredentials({
    tokenUrl, // the output `ServiceTokenUrl`
    clientId: 'abc123', // the output `ServiceClientId`
    clientSecret: 'secret', // of this client in the user pool
  });
  // @end
  return getToken;
};
