import { Cursors } from '../../functions/cursors.ts';
import { httpHandlers } from '../../functions/http/http-routes.ts';
import { createService, type Service, type ServiceOptions } from '../../functions/service.ts';
import { frameRoutes } from '../../functions/socket/frame-routes.ts';
import { parseFrame } from '../../functions/socket/parse-frame.ts';
import type { ClientFrame } from '../../protocol/client-frames.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { HttpRoute, SocketRoute } from '../../protocol/routes.ts';
import type { ServerFrame } from '../../protocol/server-frames.ts';
import { type OpenedService, openService } from '../functions/open-service.ts';
import { StreamTap } from './stream-tap.ts';
import { RememberingTable, WatchedTable } from './watched-table.ts';

export interface HttpCall {
  route: HttpRoute;
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
}

/** What came back, as the gateway would pass it on, or the error code. */
export type Reply<T> = { ok: true; value: T } | { ok: false; code: ErrorCode };

/** The service's routes on a real table, and what the tests have to know of it. */
export class ServedChat {
  readonly time: { now: number };
  readonly tap = new StreamTap();
  /** How many items have been written so far. */
  writes = 0;
  readonly #acting: Service;
  readonly #watching: Service;
  readonly #cursors: Cursors;

  static async open(retentionDays: number): Promise<ServedChat> {
    return new ServedChat(await openService({ retentionDays }), retentionDays);
  }

  constructor({ documents, tableName, time }: OpenedService, retentionDays: number) {
    const remembered = new RememberingTable(documents, tableName);
    const table = new WatchedTable(documents, tableName, remembered);
    const settings: Omit<ServiceOptions, 'table'> = {
      retentionDays,
      clock: () => time.now,
      random: () => 0.1,
      newId: () => 'unnamed',
    };
    this.time = time;
    this.#acting = createService({ ...settings, table });
    this.#watching = createService({ ...settings, table: remembered });
    this.#cursors = new Cursors(table);
    table.onWrite((write) => {
      this.writes += 1;
      remembered.forget(write);
      this.tap.note(write);
    });
  }

  /** Does something over HTTP. */
  act<T>(userId: string, call: HttpCall): Promise<Reply<T>> {
    return this.#http(this.#acting, userId, call);
  }

  /** Asks over HTTP for something that must not write; answered from what was read before if it stands. */
  look<T>(userId: string, call: HttpCall): Promise<Reply<T>> {
    return this.#http(this.#watching, userId, call);
  }

  /** Sends a frame; answers the replies to the connection. */
  async frame(userId: string, frame: ClientFrame): Promise<Reply<ServerFrame[]>> {
    const parsed = parseFrame(JSON.stringify(frame));
    if (!parsed.frame.ok) return { ok: false, code: parsed.frame.problem.code };
    const run = frameRoutes[frame.type] as (
      context: object,
      frame: ClientFrame<SocketRoute>,
    ) => ReturnType<(typeof frameRoutes)[SocketRoute]>;
    const context = {
      service: this.#acting,
      caller: { userId, connectionId: `${userId}-phone` },
      tokenExpiresAt: Infinity,
      endsAt: Infinity,
    };
    const outcome = await run(context, parsed.frame.value);
    return outcome.ok
      ? { ok: true, value: outcome.value }
      : { ok: false, code: outcome.problem.code };
  }

  /** The recorder has its turn. */
  record(delivery: Parameters<StreamTap['deliver']>[1]): Promise<void> {
    return this.tap.deliver(this.#acting, delivery);
  }

  async #http<T>(service: Service, userId: string, call: HttpCall): Promise<Reply<T>> {
    const { route, path = {}, query = {}, body } = call;
    const outcome = await httpHandlers[route]({
      service,
      cursors: this.#cursors,
      caller: { userId },
      path,
      query,
      body: body && JSON.stringify(body),
    });
    if (!outcome.ok) return { ok: false, code: outcome.problem.code };
    return { ok: true, value: outcome.value.body as T };
  }
}
