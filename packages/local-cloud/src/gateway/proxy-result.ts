/** A Lambda proxy response of a WebSocket integration: what API Gateway reads of it. */
export interface ProxyResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Undefined when the payload is no proxy response: API Gateway treats that as a failed integration. */
export function readProxyResult(payload: unknown): ProxyResult | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { statusCode, headers, body } = payload as Record<string, unknown>;
  if (!Number.isInteger(statusCode)) return undefined;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  const entries = Object.entries(typeof headers === 'object' && headers !== null ? headers : {});
  return {
    statusCode: Number(statusCode),
    headers: Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
    body: body ?? undefined,
  };
}
