import { errorAnswerSchema } from '@seenby/protocol/error-schemas.ts';
import { type ErrorAnswer, statusOfCode } from '@seenby/protocol/errors.ts';
import { type HttpRouteDescription, httpRouteTable } from '@seenby/protocol/http-routes.ts';
import { type ServerFrameType, serverFrameSchemas } from '@seenby/protocol/server-frames.ts';
import * as z from 'zod/mini';

z.config(z.locales.en());

/** An answer as it came by HTTP, and what it answers. */
export interface ReceivedAnswer {
  method: string;
  /** As it was called, without the query. */
  path: string;
  status: number;
  body: unknown;
}

const gatewaySchema = z.strictObject({ message: z.string() });

const patterns = new Map(
  httpRouteTable.map((route) => [
    route,
    new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  ]),
);

/** Where a frame is not as the protocol has it, fields that it does not know included. */
export function breachesOfFrame(frame: object): string[] {
  const type = 'type' in frame ? String(frame.type) : 'no type';
  const schema = Object.hasOwn(serverFrameSchemas, type)
    ? serverFrameSchemas[type as ServerFrameType]
    : undefined;
  return schema ? breachesOf(type, schema, frame) : [`${type}: is no server frame`];
}

/** Where an answer is not as the protocol has it, its status included. */
export function breachesOfAnswer(answer: ReceivedAnswer): string[] {
  const { method, path, status, body } = answer;
  const what = `${method} ${path} ${status}`;
  const route = routeOf(answer);
  if (!route) return status === 404 ? breachesOf(what, gatewaySchema, body) : [`${what}: no route`];
  const schema = route.answers[status];
  if (schema) return breachesOf(what, schema, body);
  const breaches = breachesOf(what, errorAnswerSchema, body);
  if (breaches.length > 0) return breaches;
  const { code } = (body as ErrorAnswer).error;
  return statusOfCode[code] === status ? [] : [`${what}: ${code} goes with ${statusOfCode[code]}`];
}

const routeOf = ({ method, path }: ReceivedAnswer): HttpRouteDescription | undefined =>
  httpRouteTable.find((route) => route.method === method && patterns.get(route)?.test(path));

function breachesOf(what: string, schema: z.core.$ZodType, value: unknown): string[] {
  const { error } = z.safeParse(schema, value);
  return (error?.issues ?? []).map((issue) => `${what}: ${issue.path.join('.')}: ${issue.message}`);
}
