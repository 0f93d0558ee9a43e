import type { ClientFrame, SocketRoute } from '@seenby/protocol/client-frames.ts';
import type { ErrorCode } from '@seenby/protocol/errors.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import type { HttpRoute } from '@seenby/protocol/http-requests.ts';
import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import { answerRequest } from '../../../../functions/api/http/http-routes.ts';
import { frameRoutes } from '../../../../functions/api/socket/frame-routes.ts';
import { parseFrame } from '../../../../functions/api/socket/parse-frame.ts';
import {
  createService,
  type Service,
  type ServiceOptions,
} from '../../../../functions/service/service.ts';
import { Cursors } from '../../../../functions/store/cursors.ts';
import { type OpenedService, openService } from '../../../support/service/open-service.ts';
import { Comparisons } from './comparisons.ts';
import { OwnStates } from './own-states.ts';
import { StreamTap } from './stream-tap.ts';
import { RememberingTable, WatchedTable } from './watched-table.ts';

export interface HttpCall<R extends HttpRoute = HttpRoute> {
  route: R;
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
  readonly compared = new Comparisons();
  readonly #ownStates = new OwnStates(this.compared);
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
    let ids = 0;
    const settings: Omit<ServiceOptions, 'table'> = {
      retentionDays,
      clock: () => time.now,
      random: () => 0.1,
      newId: () => `id-${++ids}`,
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
  act<R extends HttpRoute>(userId: string, call: HttpCall<R>): Promise<Reply<AnswerOf<R>>> {
    return this.#http(this.#acting, userId, call);
  }

  /** Asks over HTTP for something that must not write; answered from what was read before if it stands. */
  look<R extends HttpRoute>(userId: string, call: HttpCall<R>): Promise<Reply<AnswerOf<R>>> {
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
      ? { ok: true, value: this.#ownStates.take(userId, outcome.value) }
      : { ok: false, code: outcome.problem.code };
  }

  /** The recorder has its turn. */
  record(delivery: Parameters<StreamTap['deliver']>[1]): Promise<void> {
    return this.tap.deliver(this.#acting, delivery);
  }

  async #http<R extends HttpRoute>(
    service: Service,
    userId: string,
    call: HttpCall<R>,
  ): Promise<Reply<AnswerOf<R>>> {
    const { route, path = {}, query = {}, body } = call;
    const context = { service, cursors: this.#cursors, caller: { userId } };
    const raw = { path, query, body: body && JSON.stringify(body) };
    const outcome = await answerRequest(route, context, raw);
    if (!outcome.ok) return { ok: false, code: outcome.problem.code };
    await outcome.noteTold?.();
    return { ok: true, value: this.#ownStates.take(userId, outcome.value.body) };
  }
}
