import { type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Belong to one connection, not to the request that travels over two. */
const hopByHop = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade'];

/**
 * Sends a request on to a port of this machine and streams the answer back as it comes. Rejects when
 * there is no answer; a caller who hangs up ends both.
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  const answer = await ask(request, response, port);
  response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
  // An event stream may have nothing to say for a while; that it is open can be seen at once.
  response.flushHeaders();
  await pipeline(answer, response).catch(() => response.destroy());
}

function ask(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<IncomingMessage> {
  const { method, url: path, headers } = request;
  return new Promise((resolve, reject) => {
    const onward = openRequest(
      { host: '127.0.0.1', port, method, path, headers: endToEnd(headers), agent: false },
      resolve,
    );
    onward.on('error', reject);
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
}

function endToEnd<Headers extends object>(headers: Headers): Headers {
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.includes(name));
  return Object.fromEntries(kept) as Headers;
}
