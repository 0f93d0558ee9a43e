import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createHttpServer } from '../gateway/http-server.ts';
import { closeServer, listen } from '../gateway/listen.ts';
import { readBody } from '../gateway/read-body.ts';
import { respondJson } from '../gateway/respond.ts';
import type { Template } from '../template/template.ts';
import type { Functions } from './functions.ts';

/** Lambda's own limits on what an invocation may carry. */
const mostBytes = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 };
const defaultRetries = 2;

type InvocationType = keyof typeof mostBytes;

/** Where functions invoke one another: the one call of Lambda's API that a function makes. */
export class InvokeEndpoint {
  readonly #server: Server;
  readonly #template: Template;
  readonly #pending = new Set<Promise<void>>();
  #functions: Functions | undefined;

  constructor(template: Template, reportFault: (cause: unknown) => void) {
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

  serve(functions: Functions): void {
    this.#functions = functions;
  }

  /** Resolves once what was invoked before the call has run. */
  async drained(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async close(): Promise<void> {
    await closeServer(this.#server);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1];
    const functionName = this.#find(decodeURIComponent(name ?? ''));
    if (!functionName || !this.#functions) {
      return refuse(response, 404, 'ResourceNotFoundException', 'Function not found');
    }
    const type = (request.headers['x-amz-invocation-type'] ?? 'RequestResponse') as InvocationType;
    const body = await readBody(request, mostBytes[type]);
    if (body === 'tooLarge') {
      return refuse(response, 413, 'RequestTooLargeException', 'Request must be smaller');
    }
    const event: unknown = JSON.parse(body.toString() || 'null');
    if (type === 'Event') {
      this.#runLater(this.#functions, functionName, event);
      respondJson(response, 202, {});
    } else await respondWithResult(response, this.#functions, functionName, event);
  }

  /** By name or ARN. */
  #find(name: string): string | undefined {
    return name.startsWith('arn:') ? this.#template.logicalIdOf(name) : this.#byName(name);
  }

  #byName(name: string): string | undefined {
    return this.#template
      .resources('AWS::Lambda::Function')
      .find(({ logicalId }) => this.#template.resolve({ Ref: logicalId }) === name)?.logicalId;
  }

  /** Lambda takes the event, and tries again by itself when the function fails. */
  #runLater(functions: Functions, functionName: string, event: unknown): void {
    const run = async () => {
      for (let retries = this.#retriesOf(functionName); retries >= 0; retries--) {
        if ((await functions.invoke(functionName, event)).ok) return;
      }
    };
    const running: Promise<void> = run().finally(() => this.#pending.delete(running));
    this.#pending.add(running);
  }

  #retriesOf(functionName: string): number {
    type Config = { FunctionName: string; MaximumRetryAttempts?: number };
    const config = this.#template
      .resources<Config>('AWS::Lambda::EventInvokeConfig')
      .find(({ properties }) => this.#find(properties.FunctionName) === functionName);
    return config?.properties.MaximumRetryAttempts ?? defaultRetries;
  }
}

async function respondWithResult(
  response: ServerResponse,
  functions: Functions,
  functionName: string,
  event: unknown,
): Promise<void> {
  const result = await functions.invoke(functionName, event);
  if (result.ok) respondJson(response, 200, result.payload ?? null);
  else {
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
