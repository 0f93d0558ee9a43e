import { clientFrameSchemas, socketRoutes } from '@seenby/protocol/client-frames.ts';
import {
  type HttpRequestSchemas,
  type HttpRoute,
  httpRequests,
  httpRoutes,
  pathParametersOf,
} from '@seenby/protocol/http-requests.ts';
import type { RawInput } from '../../../functions/api/http/http-context.ts';
import { type JsonSchema, type Known, toJsonSchema, ValueGenerator } from './generate-value.ts';
import { mutate, toText } from './mutate.ts';
import { texts } from './odd-values.ts';
import type { RandomSource } from './random-source.ts';

export interface GeneratedFrame {
  text: string;
}

export interface GeneratedRequest {
  route: HttpRoute;
  raw: RawInput;
}

export type GeneratedCall = GeneratedFrame | GeneratedRequest;

const frames = socketRoutes.map((type) => toJsonSchema(clientFrameSchemas[type]));

const routes = httpRoutes.map((route) => {
  const { query, body }: HttpRequestSchemas = httpRequests[route];
  const of = (schema: typeof query): JsonSchema | undefined => schema && toJsonSchema(schema);
  return { route, query: of(query), body: of(body) };
});

const mutated = 0.6;
const oddText = 0.08;

/** Frames and requests made from the schemas, most of them with something wrong. */
export class CallGenerator {
  readonly #random: RandomSource;
  readonly #known: Known;
  readonly #values: ValueGenerator;

  constructor(random: RandomSource, known: Known) {
    this.#random = random;
    this.#known = known;
    this.#values = new ValueGenerator(random, known);
  }

  frame(): GeneratedFrame {
    return { text: this.#textOf(this.#random.pick(frames)) };
  }

  request(): GeneratedRequest {
    const { route, query, body } = this.#random.pick(routes);
    const hasBody = body !== undefined || this.#random.chance(0.05);
    return {
      route,
      raw: {
        path: Object.fromEntries(
          pathParametersOf(route).map((name) => [name, this.#segment(name)]),
        ),
        query: this.#query(query),
        body: hasBody ? this.#textOf(body ?? { properties: {} }) : undefined,
      },
    };
  }

  #textOf(schema: JsonSchema): string {
    const value = this.#values.generate(schema) as object;
    for (let again = mutated; this.#random.chance(again); again /= 3) mutate(this.#random, value);
    return toText(this.#random, value, oddText);
  }

  #segment(name: string): string {
    if (this.#random.chance(0.05)) return this.#random.pick(texts);
    if (name === 'seq') return String(this.#values.number());
    return this.#values.id(name === 'groupId' ? this.#known.groupIds : this.#known.userIds);
  }

  /** Of a query everything is text. */
  #query(schema: JsonSchema | undefined): Record<string, string> {
    if (!schema && !this.#random.chance(0.03)) return {};
    const value = this.#values.generate(schema ?? { properties: {} }) as object;
    if (this.#random.chance(0.3)) mutate(this.#random, value);
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        typeof each === 'string' ? each : JSON.stringify(each),
      ]),
    );
  }
}
