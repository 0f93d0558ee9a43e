import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import type { HttpRoute } from '@seenby/protocol/http-requests.ts';
import { pushSchemas, type ServerFrame } from '@seenby/protocol/server-frames.ts';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { inject } from 'vitest';
import type { RawInput } from '../../../../functions/api/http/http-context.ts';
import type { Authentication } from '../../../../functions/auth/authenticate.ts';
import { httpHandler } from '../../../../functions/handlers/http-handler.ts';
import { type AnswerParts, answerParts } from '../../../../functions/handlers/parts.ts';
import { socketHandler } from '../../../../functions/handlers/socket-handler.ts';
import { Table } from '../../../../functions/store/dynamodb/table.ts';
import { socketEvent } from '../../../support/in-process/lambda-events.ts';
import { usualSettings } from '../../../support/in-process/lambdas.ts';
import { Peers } from '../../../support/in-process/peers.ts';
import { makeTable, readTableDefinition } from '../../../support/in-process/table-definition.ts';
import { TableStream } from '../../../support/in-process/table-stream.ts';
import { directDocumentClient } from '../../../support/service/direct-document-client.ts';
import { meterUnits } from '../../../support/service/meter-units.ts';
import { VirtualTime } from '../../../support/time/virtual-time.ts';

/** Who asks: a user, or a backend for somebody or for nobody. */
export type Asker = { userId: string } | { actAs: string | undefined };

/** What came back: an HTTP answer, or the direct replies to a frame with 0 for a status. */
export interface Answered {
  status: number;
  body: unknown;
}

/** A frame that was pushed, and whose connection got it. */
export interface Told {
  userId: string;
  frame: ServerFrame;
}

/** Longer than any test lets time go by. */
const lifeMs = 24 * 3_600_000;
/** What users have used of their budgets, and the secret of cursors, which the first one who needs it makes. */
const bookkeeping = /^U#.*#B$|^SERVICE$/;

const serviceToken = 'service';

/** A token here says no more than whose it is. */
const authenticate = async (token = ''): Promise<Authentication> =>
  token === serviceToken
    ? { outcome: 'service' }
    : { outcome: 'authenticated', identity: { userId: token.slice(1), expiresAt: Infinity } };

const headersOf = (asker: Asker): Record<string, string> => {
  if ('userId' in asker) return { authorization: `Bearer u${asker.userId}` };
  const { actAs } = asker;
  const authorization = `Bearer ${serviceToken}`;
  return actAs === undefined ? { authorization } : { authorization, 'seenby-act-as': actAs };
};

/**
 * The handlers of the two Lambdas that clients reach, on a database of this process. It shows what a
 * request has written and what it has read.
 */
export class AttackedService {
  readonly time = new VirtualTime();
  readonly parts: AnswerParts;
  readonly units: ReturnType<typeof meterUnits>;
  /** What was pushed since it was last emptied. */
  readonly told: Told[] = [];
  readonly #replies: ServerFrame[] = [];
  readonly #peers = new Peers();
  readonly #stream: TableStream;
  readonly #http: ReturnType<typeof httpHandler>;
  readonly #socket: ReturnType<typeof socketHandler>;

  static async open(): Promise<AttackedService> {
    return new AttackedService(await readTableDefinition(inject('tableAssemblyDir')));
  }

  private constructor(definition: Awaited<ReturnType<typeof readTableDefinition>>) {
    const { clock, random, wait } = this.time;
    const database = new MemoryDynamoDb({ nowMs: clock });
    this.#stream = new TableStream(database, makeTable(database, definition));
    const client = directDocumentClient(database);
    this.units = meterUnits(client);
    let ids = 0;
    this.parts = answerParts({
      ...{ table: new Table(client, definition.tableName, this.time), clock, random, wait },
      ...{ ...usualSettings, poster: this.#peers, queue: async () => {} },
      newId: () => `made-${++ids}`,
    });
    this.#http = httpHandler({ ...this.parts, authenticate });
    this.#socket = socketHandler({ ...this.parts, presence: false });
  }

  /** Opens a connection, with these groups open. */
  async connect(userId: string, ...groupIds: string[]): Promise<void> {
    const { service } = this.parts;
    const caller = { userId, connectionId: `${userId}/1` };
    const endsAt = service.clock() + lifeMs;
    await service.connections.add(caller, endsAt);
    if (groupIds.length > 0) await service.connections.subscribe(caller, groupIds, endsAt);
    this.#peers.add(caller.connectionId, {
      ...{ userId, tokenExpiresAt: endsAt, connectedAt: service.clock(), closed: () => {} },
      receive: (text) => this.#receive(userId, JSON.parse(text) as ServerFrame),
    });
  }

  /** A request as the Lambda of the HTTP API answers it, once everybody has been told. */
  async request(
    asker: Asker,
    route: HttpRoute,
    { path, query, body }: RawInput,
  ): Promise<Answered> {
    const event = {
      ...{ routeKey: route, headers: headersOf(asker), requestContext: { requestId: 'r' } },
      ...{ pathParameters: path, queryStringParameters: query, body, isBase64Encoded: false },
    } as unknown as APIGatewayProxyEventV2;
    const { statusCode = 0, body: text = '' } = await this.time.pass(this.#http(event));
    return { status: statusCode, body: JSON.parse(text) };
  }

  /** A frame as the Lambda of the WebSocket API answers it, once everybody has been told. */
  async frame(userId: string, text: string): Promise<Answered> {
    const now = this.time.clock();
    const upgraded = { userId, tokenExpiresAt: now + lifeMs, connectedAt: now };
    this.#replies.length = 0;
    await this.time.pass(this.#socket(socketEvent('MESSAGE', `${userId}/1`, upgraded, text)));
    return { status: 0, body: [...this.#replies] };
  }

  /** The keys of all items that have been written, changed or deleted since it was last asked. */
  written(): string[] {
    return this.#stream
      .take()
      .map(({ dynamodb }) => `${dynamodb?.Keys?.pk?.S} ${dynamodb?.Keys?.sk?.S}`)
      .filter((key) => !bookkeeping.test(key.split(' ')[0] ?? ''));
  }

  #receive(userId: string, frame: ServerFrame): void {
    if (Object.hasOwn(pushSchemas, frame.type)) this.told.push({ userId, frame });
    else this.#replies.push(frame);
  }
}
