import type { SocketAnswerer } from '../../../../support/in-process/answer-socket.ts';
import type { InProcessService } from '../../../../support/in-process/in-process-service.ts';

/** What pages, and those who check them, need of the service. */
export interface Service extends Pick<InProcessService, 'service' | 'http'> {
  socket: Pick<SocketAnswerer, 'connect' | 'disconnect' | 'frame'>;
}

/** How a page reaches the service. */
export interface Line {
  /** The page's name, unlike that of any other page. */
  name: string;
  /** Whether the list of groups that a connection begins with is cut. */
  isCut: boolean;
  isOffline(): boolean;
  /** Runs what comes in, or keeps it until the page is awake. */
  arrive(work: () => void): void;
  /** Everything that the page was told, for those who check what it knows. */
  heard(text: string): void;
}
