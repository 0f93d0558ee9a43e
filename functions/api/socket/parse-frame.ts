import {
  type ClientFrame,
  clientFrameSchemas,
  type SocketRoute,
  socketRoutes,
} from '@seenby/protocol/client-frames.ts';
import { type Result, refuse } from '../../runtime/result.ts';
import { parse } from '../parse.ts';

export interface ParsedFrame {
  /** Repeated by every reply, that to a bad frame included. */
  requestId: string | undefined;
  frame: Result<ClientFrame>;
}

export function parseFrame(body: string | null | undefined): ParsedFrame {
  const json = parseObject(body);
  if (!json)
    return { requestId: undefined, frame: refuse('BAD_REQUEST', 'A frame is a JSON object.') };
  const requestId = typeof json.requestId === 'string' ? json.requestId.slice(0, 64) : undefined;
  if (!isRoute(json.type)) {
    return {
      requestId,
      frame: refuse('BAD_REQUEST', `type is none of ${socketRoutes.join(', ')}.`),
    };
  }
  return { requestId, frame: parse<ClientFrame>(clientFrameSchemas[json.type], json) };
}

const isRoute = (type: unknown): type is SocketRoute => socketRoutes.includes(type as SocketRoute);

function parseObject(body: string | null | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body ?? '');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
