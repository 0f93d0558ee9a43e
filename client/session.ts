import type { ClientFrame } from '../protocol/client-frames.ts';
import type { SocketRoute } from '../protocol/routes.ts';
import type { Environment } from './environment.ts';
import type { ClientEvents } from './events.ts';
import type { Http } from './http.ts';
import type { ReceivedFrame } from './link.ts';
import type { MarksStore } from './marks-store.ts';
import type { TabMessage } from './tabs.ts';

/** A client frame before it is numbered. */
export type Ask<T extends SocketRoute = SocketRoute> = ClientFrame<T>;

/** What a group needs of the client it belongs to. */
export interface Session {
  readonly environment: Environment;
  readonly http: Http;
  readonly marks: MarksStore;
  /** Empty until the service has said who the token is for. */
  readonly userId: string;
  readonly isConnected: boolean;
  /** Over all groups. */
  readonly totalUnread: number;
  /** The first reply to a frame; rejects with a SeenbyError. */
  ask(frame: Ask): Promise<ReceivedFrame>;
  /** A frame without a reply; lost when there is no connection. */
  tell(frame: Ask): void;
  emit<E extends keyof ClientEvents>(name: E, event: ClientEvents[E]): void;
  tellTabs(message: TabMessage): void;
  /** Something of a group has changed that the client shows as well. */
  changed(): void;
}
