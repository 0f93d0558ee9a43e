import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, systemClock } from '../../clock.ts';
import type { Functions, Invocation } from '../../lambda/functions.ts';
import { throttled, tooLarge } from '../../lambda/refused-invocations.ts';
import { TemplateError } from '../../template/template-error.ts';
import type { ApiDefinition, ApiRoute } from '../definition/api-definition.ts';
import { invokeTarget } from '../definition/invoke-target.ts';
import { readBody } from '../read-body.ts';
import { urlOf } from '../request-values.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import { createHttpAuthorization } from './http-authorization.ts';
import { bodyFields, createHttpEvent } from './http-event.ts';
import { type HttpAnswer, readHttpAnswer } from './http-response.ts';
import { createRouteTable, type RouteMatch } from './http-route-table.ts';

export interface HttpApiOptions {
  api: ApiDefinition;
  functions: Pick<Functions, 'invoke'>;
  /** Maps the host names of a deployment to local addresses, for OIDC discovery. */
  rewrite?: (url: string) => string;
  clock?: Clock;
  /** Asked before every request; `false` answers it with 429. */
  takeRequest?: () => boolean;
  measure?: (answered: HttpMeasure) => void;
}

/** An answered request, as the metrics of an API count it. */
export interface HttpMeasure {
  statusCode: number;
  latencyMs: number;
  /** Undefined when no function was called for it. */
  integrationMs: number | undefined;
}

type Timed = HttpAnswer & { integrationMs?: number };

/** API Gateway's quota for the body of a request to an HTTP API. */
const maxBodyBytes = 10 * 1024 * 1024;
/** And for the request line and the values of the headers together. */
const maxHeadBytes = 10_240;

/** An API Gateway HTTP API as the request listener of an HTTP server. */
export class HttpApi {
  readonly #options: HttpApiOptions;
  readonly #clock: Clock;
  readonly #findRoute: ReturnType<typeof createRouteTable<ApiRoute>>;
  readonly #findPath: ReturnType<typeof createRouteTable>;
  readonly #authorize: ReturnType<typeof createHttpAuthorization>;

  constructor(options: HttpApiOptions) {
    const { api, functions, rewrite = (url) => url } = options;
    if (api.stage !== '$default') {
      throw new TemplateError(
        `The HTTP API's stage is "${api.stage}"; only "$default" can be run.`,
      );
    }
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#findRoute = createRouteTable(api.routes);
    this.#findPath = createRouteTable(api.routes.flatMap(({ routeKey }) => pathOnly(routeKey)));
    this.#authorize = createHttpAuthorization(api, functions, rewrite);
  }

  /** Whether a route is declared for the path, for whatever method; the catch-all is none. */
  declares(request: IncomingMessage): boolean {
    return this.#findPath('ANY', urlOf(request)?.pathname ?? '') !== undefined;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAtMs = performance.now();
    const { statusCode, headers, cookies, body, integrationMs } = await this.#answer(request);
    const latencyMs = performance.now() - startedAtMs;
    this.#options.measure?.({ statusCode, latencyMs, integrationMs });
    const setCookie = cookies.length > 0 && { 'set-cookie': cookies };
    const length = statusCode >= 200 && statusCode !== 204 && { 'content-length': body.length };
    response.writeHead(statusCode, { ...headers, ...setCookie, ...length }).end(body);
  }

  async #answer(request: IncomingMessage): Promise<Timed> {
    const { cors } = this.#options.api;
    const { origin = '' } = request.headers;
    if (!cors) return this.#serve(request);
    // A route that takes OPTIONS, `$default` included, gets preflights as well.
    if (isPreflight(request) && !this.#takes(request)) {
      const headers = preflightHeaders(cors, origin);
      return { statusCode: 204, headers, cookies: [], body: Buffer.alloc(0) };
    }
    const answer = await this.#serve(request);
    return { ...answer, headers: { ...withoutCors(answer.headers), ...corsHeaders(cors, origin) } };
  }

  #takes(request: IncomingMessage): boolean {
    return this.#findRoute('OPTIONS', urlOf(request)?.pathname ?? '') !== undefined;
  }

  async #serve(request: IncomingMessage): Promise<Timed> {
    if (this.#options.takeRequest?.() === false) return failure(429, 'Too Many Requests');
    if (headBytes(request) > maxHeadBytes) return failure(431, 'Request Header Fields Too Large');
    return this.#route(request);
  }

  async #route(request: IncomingMessage): Promise<Timed> {
    const body = await readBody(request, maxBodyBytes);
    if (body === 'tooLarge') return failure(413, 'Request Entity Too Large');
    const url = urlOf(request);
    const match = url && this.#findRoute(request.method ?? 'GET', url.pathname);
    if (!url || match === 'badEncoding') return failure(400, 'Bad Request');
    return match ? this.#invoke(request, url, match, body) : failure(404, 'Not Found');
  }

  async #invoke(
    request: IncomingMessage,
    url: URL,
    { route, pathParameters }: RouteMatch<ApiRoute>,
    body: Buffer,
  ): Promise<Timed> {
    const { api, functions } = this.#options;
    const nowMs = this.#clock.nowMs();
    const { routeKey } = route;
    const event = createHttpEvent({ api, request, url, routeKey, pathParameters, nowMs });
    const authorization = await this.#authorize(route, event, request, url);
    if (!authorization.allowed) return failure(authorization.statusCode, authorization.message);
    const { authorizer } = authorization;
    const startedAtMs = performance.now();
    const outcome = await invokeTarget(functions, route, {
      ...event,
      requestContext: { ...event.requestContext, ...(authorizer && { authorizer }) },
      ...bodyFields(body, request.headers['content-type']),
    });
    const integrationMs = performance.now() - startedAtMs;
    return { ...answerTo(outcome), integrationMs };
  }
}

function pathOnly(routeKey: string): { routeKey: string }[] {
  const path = routeKey.split(' ')[1];
  return path === undefined ? [] : [{ routeKey: `ANY ${path}` }];
}

function headBytes({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  const values = rawHeaders.filter((_, index) => index % 2 === 1);
  return Buffer.byteLength(`${method} ${url} HTTP/${httpVersion}${values.join('')}`);
}

function answerTo(outcome: Invocation): HttpAnswer {
  if (!outcome.ok) return failureOf(outcome.errorType);
  return readHttpAnswer(outcome.payload) ?? failure(500, 'Internal Server Error');
}

/** What becomes of an invocation that failed, or that Lambda did not take. */
function failureOf(errorType: string): HttpAnswer {
  if (errorType === throttled.errorType) return failure(503, 'Service Unavailable');
  if (errorType === tooLarge) return failure(413, 'Request Entity Too Large');
  return failure(500, 'Internal Server Error');
}

function failure(statusCode: number, message: string): HttpAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

// With CORS configured, the integration's own CORS headers are ignored.
function withoutCors(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')),
  );
}
