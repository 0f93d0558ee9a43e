import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { respondJson } from '../respond.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** An HTTP server that answers 500 when its handler throws, and lives on. */
export function createHttpServer(
  handle: RequestHandler,
  reportFault: (cause: unknown) => void,
): Server {
  const server = createServer(async (request, response) => {
    try {
      await handle(request, response);
    } catch (cause) {
      // Half a request is the caller's business, not ours.
      if (!request.destroyed || request.complete) reportFault(cause);
      if (response.headersSent) response.destroy();
      else respondJson(response, 500, { message: 'Internal Server Error' });
    }
  });
  // Longer than the SDK keeps an idle socket, so that it never posts to one being closed.
  server.keepAliveTimeout = 75_000;
  return server;
}
