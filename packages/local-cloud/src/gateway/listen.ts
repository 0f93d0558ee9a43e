import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Listens on loopback and answers the port taken (0 asks for any free one).
 * Throws one clear sentence when the port is in use or not allowed.
 */
export async function listen(server: Server, port: number, setting: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new Error(explain(cause, port, setting), { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

function explain(cause: NodeJS.ErrnoException, port: number, setting: string): string {
  if (cause.code === 'EADDRINUSE') {
    return `Port ${port} is already in use; stop what listens there or set ${setting} to another port.`;
  }
  return `Cannot listen on port ${port} (${cause.message}); set ${setting} to another port.`;
}

/** Stops accepting, drops every open connection and waits until the port is free. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
