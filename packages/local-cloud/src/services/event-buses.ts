import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { readBody } from '../gateway/read-body.ts';
import { respondJson } from '../gateway/respond.ts';
import type { Authorize } from '../permissions/permissions.ts';
import { arnOf, localAccount } from '../template/physical-names.ts';

/** An event as a rule's target would get it. */
export interface PublishedEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: unknown;
}

interface Entry {
  EventBusName?: string;
  Source?: string;
  DetailType?: string;
  Detail?: string;
  Resources?: string[];
}

const maxEntries = 10;
const maxBytes = 256 * 1024;

/** EventBridge's PutEvents, into a list for each bus. */
export class EventBuses {
  readonly #published: ReadonlyMap<string, PublishedEvent[]>;
  readonly #nowMs: () => number;
  readonly #authorize: Authorize;
  readonly #dir: string | undefined;
  /** Told of each event once it is taken. */
  onEvent: (bus: string, event: PublishedEvent) => void = () => {};

  /** With `dir`, every event is also appended to `<bus>.jsonl` there. */
  constructor(buses: readonly string[], nowMs: () => number, authorize: Authorize, dir?: string) {
    this.#authorize = authorize;
    this.#published = new Map(buses.map((bus) => [bus, []]));
    this.#nowMs = nowMs;
    this.#dir = dir;
    if (dir !== undefined) mkdirSync(dir, { recursive: true });
  }

  /** Everything published on any bus, the oldest first. */
  published(): PublishedEvent[] {
    return [...this.#published.values()].flat();
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents') {
      return refuse(response, 'UnknownOperationException', 'Only PutEvents is known here.');
    }
    const body = await readBody(request, maxBytes);
    if (body === 'tooLarge') {
      return refuse(response, 'ValidationException', 'Total size of the entries is over 256 KB.');
    }
    const { Entries = [] } = JSON.parse(body.toString()) as { Entries?: Entry[] };
    if (Entries.length < 1 || Entries.length > maxEntries) {
      return refuse(response, 'ValidationException', 'A request has 1 to 10 entries.');
    }
    const refusal = this.#authorize(
      request.headers.authorization,
      ...Entries.map(({ EventBusName = 'default' }) => ({
        action: 'events:PutEvents',
        resource: arnOf('AWS::Events::EventBus', EventBusName),
      })),
    );
    if (refusal !== undefined) return refuse(response, 'AccessDeniedException', refusal);
    const results = Entries.map((entry) => this.#take(entry));
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    respondJson(response, 200, { FailedEntryCount, Entries: results });
  }

  #take(entry: Entry): { EventId: string } | { ErrorCode: string; ErrorMessage: string } {
    const { EventBusName: bus = 'default', Source, DetailType, Detail, Resources = [] } = entry;
    const published = this.#published.get(bus);
    if (!published)
      return { ErrorCode: 'InvalidArgument', ErrorMessage: `There is no bus ${bus}.` };
    const detail = parseObject(Detail);
    if (!Source || !DetailType || !detail) {
      return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Source, DetailType or Detail is bad.' };
    }
    const event: PublishedEvent = {
      version: '0',
      id: randomUUID(),
      'detail-type': DetailType,
      source: Source,
      account: localAccount.accountId,
      time: new Date(this.#nowMs()).toISOString(),
      region: localAccount.region,
      resources: Resources,
      detail,
    };
    published.push(event);
    if (this.#dir !== undefined) {
      appendFileSync(join(this.#dir, `${bus}.jsonl`), `${JSON.stringify(event)}\n`);
    }
    this.onEvent(bus, event);
    return { EventId: event.id };
  }
}

function parseObject(text: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, type: string, message: string): void {
  respondJson(response, 400, { __type: type, message });
}
