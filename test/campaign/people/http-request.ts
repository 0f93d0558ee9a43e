import type { ErrorCode } from '@seenby/protocol/errors.ts';
import type { Outcome } from '../history/history-file.ts';

const timeoutMs = 15_000;

export interface HttpCall {
  url: string;
  token: string;
  method?: string;
  body?: object;
  /** The client ends the connection after so long, as a phone does that loses its network. */
  cutAfterMs?: number | undefined;
}

export type HttpOutcome<T> = { outcome: 'ok'; body: T } | Exclude<Outcome, { outcome: 'ok' }>;

/** One request. Unknown is what no clear answer came to, INTERNAL included: it may have been done. */
export async function request<T>(call: HttpCall): Promise<HttpOutcome<T>> {
  const { url, token, body, method = body ? 'POST' : 'GET', cutAfterMs = timeoutMs } = call;
  try {
    const response = await fetch(url, {
      ...{ method, signal: AbortSignal.timeout(cutAfterMs) },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { error?: { code?: ErrorCode } };
    if (response.ok) return { outcome: 'ok', body: answer as T };
    return refusedOrUnknown(answer.error?.code, `HTTP ${response.status}`);
  } catch (cause) {
    return { outcome: 'unknown', why: whyOf(cause) };
  }
}

/** Only a code of the protocol says that nothing was done. */
export const refusedOrUnknown = (
  code: ErrorCode | undefined,
  why: string,
): Exclude<Outcome, { outcome: 'ok' }> =>
  code === undefined || code === 'INTERNAL'
    ? { outcome: 'unknown', why: code ?? why }
    : { outcome: 'fail', code };

function whyOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { code } = (cause.cause ?? {}) as { code?: string };
  return code ?? cause.name;
}
