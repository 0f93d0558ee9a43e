import type { ClientFrame } from '@seenby/protocol/client-frames.ts';
import type { Off } from '../transport/emitter.ts';
import type { Environment } from '../transport/environment.ts';
import type { Http } from '../transport/http.ts';
import type { ReceivedFrame } from '../transport/websocket-transport.ts';
import type { ClientEvents } from './events.ts';

/** What the parts of a group need of the client it belongs to. */
export interface Session {
  readonly host: Environment;
  readonly http: Http;
  /** Empty until the service has said who the token is for. */
  readonly userId: string;
  readonly isConnected: boolean;
  /** The extras are loaded, and need no network any more. */
  hasExtras?: boolean;
  /** The first reply to a frame; rejects with a SeenbyError. */
  request(frame: ClientFrame): Promise<ReceivedFrame>;
  /** A frame without a reply; lost when there is no connection. */
  send(frame: ClientFrame): void;
  emit<E extends keyof ClientEvents>(name: E, event: ClientEvents[E]): void;
  on<E extends keyof ClientEvents>(name: E, listener: (event: ClientEvents[E]) => void): Off;
  /** Something of a group has changed that the client shows as well. */
  changed(): void;
}
