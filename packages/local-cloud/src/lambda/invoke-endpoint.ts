import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type Clock, systemClock } from '../clock.ts';
import { createHttpServer } from '../gateway/http/http-server.ts';
import { closeServer, listen } from '../gateway/listen.ts';
import { readBody } from '../gateway/read-body.ts';
import { respondJson } from '../gateway/respond.ts';
import type { Authorize } from '../permissions/permissions.ts';
import type { Template } from '../template/template.ts';
import type { Functions } from './functions.ts';
import { functionArnOf } from './invoke-permissions.ts';
import type { Mappings } from './list-mappings.ts';
import { throttled } from './refused-invocations.ts';

/** Lambda's own limits on what an invocation may carry. */
const maxBytesByType = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 };
const defaultRetries = 2;
/** Throttled events wait for a second, then for twice as long each time, up to this. */
const maxThrottleDelayMs = 5 * 60_000;
const defaultMaxAgeSeconds = 6 * 60 * 60;

type InvocationType = keyof typeof maxBytesByType;

const mappingsPath = '/2015-03-31/event-source-mappings';

/** Where functions invoke one another: the one call of Lambda's API that a function makes. An operator also lists mappings, and switches them. */
export class InvokeEndpoint {
  readonly #server: Server;
  readonly #authorize: Authorize;
  readonly #clock: Clock;
  readonly #template: Template;
  readonly #pending = new Set<Promise<void>>();
  #functions: Functions | undefined;
  #mappings: Mappings | undefined;

  constructor(
    template: Template,
    reportFault: (cause: unknown) => void,
    clock: Clock = systemClock,
    authorize: Authorize = () => undefined,
  ) {
    this.#authorize = authorize;
    this.#clock = clock;
    this.#template = template;
    this.#server = createHttpServer(
      (request, response) => this.#answer(request, response),
      reportFault,
    );
  }

  /** Answers the address. Calls are taken as soon as there are functions to invoke. */
  async open(): Promise<string> {
    return `http://127.0.0.1:${await listen(this.#server, 0, 'the port')}`;
  }

  serve(functions: Functions, mappings?: Mappings): void {
    this.#functions = functions;
    this.#mappings = mappings;
  }

  /** Resolves once what was invoked before the call has run. */
  async drained(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async close(): Promise<void> {
    await closeServer(this.#server);
  }

  async #answerOperator(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'PUT') {
      const body = JSON.parse(String(await readBody(request, maxBytesByType.Event))) as object;
      const updated = this.#mappings?.update(pathname.slice(mappingsPath.length + 1), body);
      if (updated && !('refused' in updated)) return respondJson(response, 202, updated);
      return refuse(response, 400, 'InvalidParameterValueException', String(updated?.refused));
    }
    const source = searchParams.get('EventSourceArn');
    const EventSourceMappings = this.#mappings
      ?.list()
      .filter((each) => source === null || each.EventSourceArn === source);
    respondJson(response, 200, { EventSourceMappings });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith(mappingsPath)) return this.#answerOperator(request, response);
    const called = calledName(request.url ?? '');
    const functionName = this.#find(called);
    if (!functionName || !this.#functions) {
      return refuse(response, 404, 'ResourceNotFoundException', 'Function not found');
    }
    const refusal = this.#authorize(request.headers.authorization, {
      action: 'lambda:InvokeFunction',
      resource: functionArnOf(called),
    });
    if (refusal !== undefined) return refuse(response, 403, 'AccessDeniedException', refusal);
    const type = (request.headers['x-amz-invocation-type'] ?? 'RequestResponse') as InvocationType;
    const body = await readBody(request, maxBytesByType[type]);
    if (body === 'tooLarge') {
      return refuse(response, 413, 'RequestTooLargeException', 'Request must be smaller');
    }
    const event: unknown = JSON.parse(body.toString() || 'null');
    if (type === 'Event') {
      this.#runLater(this.#functions, called, functionName, event);
      respondJson(response, 202, {});
    } else await respondWithResult(response, this.#functions, functionName, event);
  }

  /** By name or ARN, with or without an alias. */
  #find(name: string): string | undefined {
    const logicalId = this.#template.logicalIdOf(name);
    const isFunction = this.#template.find(logicalId ?? '')?.type === 'AWS::Lambda::Function';
    return isFunction ? logicalId : undefined;
  }

  /** Lambda takes the event, and tries again by itself when the function fails. */
  #runLater(functions: Functions, called: string, functionName: string, event: unknown): void {
    const run = async () => {
      const { retries, maxAgeMs } = this.#settingsOf(called);
      const startedAtMs = this.#clock.nowMs();
      let [retriesLeft, delayMs] = [retries, 1000];
      for (;;) {
        const invocation = await functions.invoke(functionName, event);
        if (invocation.ok) return;
        if (invocation.errorType !== throttled.errorType) {
          if (retriesLeft-- <= 0) return;
          continue;
        }
        if (this.#clock.nowMs() + delayMs - startedAtMs > maxAgeMs) return;
        await new Promise<void>((resolve) => this.#clock.after(delayMs, resolve));
        delayMs = Math.min(2 * delayMs, maxThrottleDelayMs);
      }
    };
    const running: Promise<void> = run().finally(() => this.#pending.delete(running));
    this.#pending.add(running);
  }

  /** An alias is configured by itself: what is set for the function does not hold for it. */
  #settingsOf(called: string): { retries: number; maxAgeMs: number } {
    type Config = {
      FunctionName: string;
      Qualifier: string;
      MaximumRetryAttempts?: number;
      MaximumEventAgeInSeconds?: number;
    };
    const config = this.#template
      .resources<Config>('AWS::Lambda::EventInvokeConfig')
      .find(
        ({ properties: { FunctionName, Qualifier } }) =>
          this.#find(FunctionName) === this.#find(called) && Qualifier === qualifierOf(called),
      );
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = config?.properties ?? {};
    return {
      retries: MaximumRetryAttempts ?? defaultRetries,
      maxAgeMs: (MaximumEventAgeInSeconds ?? defaultMaxAgeSeconds) * 1000,
    };
  }
}

/** As the path and the query name it: `<function>`, `<function>:<alias>` or either as an ARN. */
function calledName(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname)?.[1] ?? '';
  const qualifier = searchParams.get('Qualifier');
  return decodeURIComponent(name) + (qualifier === null ? '' : `:${qualifier}`);
}

function qualifierOf(called: string): string {
  const parts = called.startsWith('arn:') ? called.split(':').slice(6) : called.split(':');
  return parts[1] ?? '$LATEST';
}

async function respondWithResult(
  response: ServerResponse,
  functions: Functions,
  functionName: string,
  event: unknown,
): Promise<void> {
  const result = await functions.invoke(functionName, event);
  if (result.ok) respondJson(response, 200, result.payload ?? null);
  else if (result.errorType === throttled.errorType) {
    refuse(response, 429, throttled.errorType, throttled.errorMessage);
  } else {
    const { errorType, errorMessage } = result;
    respondJson(
      response,
      200,
      { errorType, errorMessage },
      { 'x-amz-function-error': 'Unhandled' },
    );
  }
}

const refuse = (response: ServerResponse, status: number, type: string, message: string): void =>
  respondJson(response, status, { Message: message }, { 'x-amzn-errortype': type });
