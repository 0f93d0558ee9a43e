import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Answers a handshake with an HTTP error in API Gateway's shape and ends the socket. */
export function refuseUpgrade(
  socket: Duplex,
  statusCode: number,
  body: { message: string; connectionId?: string; requestId?: string },
): void {
  const text = JSON.stringify(body);
  socket.end(
    [
      `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? 'Refused'}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(text)}`,
      '',
      text,
    ].join('\r\n'),
  );
}
