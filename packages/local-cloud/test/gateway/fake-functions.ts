import type { Functions, Invocation } from '../../src/lambda/functions.ts';

/** What tests read of the events of both APIs. */
export interface SeenEvent {
  requestContext: {
    connectionId: string;
    requestId: string;
    connectedAt: number;
    messageId?: string;
    disconnectStatusCode?: number;
    authorizer?: unknown;
  };
  headers: Record<string, string>;
  body: string;
}

type Handler = (event: SeenEvent) => unknown;

/** Lambdas that are functions of the test, with the events they got. */
export function fakeFunctions(handlers: Record<string, Handler>) {
  const events: { functionId: string; event: SeenEvent }[] = [];
  const functions: Pick<Functions, 'invoke'> = {
    async invoke(functionId, event): Promise<Invocation> {
      // Events and answers cross a JSON boundary on their way to and from Lambda.
      const copy: SeenEvent = JSON.parse(JSON.stringify(event));
      events.push({ functionId, event: copy });
      try {
        const answer = await handlers[functionId]?.(copy);
        const payload = JSON.parse(JSON.stringify(answer ?? null));
        return { ok: true, payload, durationMs: 1 };
      } catch (cause) {
        const { name, message } = cause as Error;
        return { ok: false, errorType: name, errorMessage: message, durationMs: 1 };
      }
    },
  };
  /** The nth event a function got; throws when there were fewer. */
  function eventOf(functionId: string, index = 0): SeenEvent {
    const found = events.filter((entry) => entry.functionId === functionId)[index];
    if (!found) throw new Error(`${functionId} got no event ${index}.`);
    return found.event;
  }
  return { functions, events, eventOf };
}
