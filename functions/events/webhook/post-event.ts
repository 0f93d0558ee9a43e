import type { Clock } from '../../runtime/timing.ts';
import { signatureOf } from './sign-event.ts';
import type { WebhookEvent } from './webhook-event.ts';

/** Whether the receiver took an event; if not, why, and when it wants to be asked again. */
export type PostOutcome =
  | { outcome: 'taken' }
  | { outcome: 'refused'; why: string; retryAfterMs?: number };

/** Posts an event once. MAY throw where the secret is none. */
export type PostEvent = (event: WebhookEvent, secret: string) => Promise<PostOutcome>;

/** For the whole of a request. A receiver that does more than to take an event note it and answers. */
const postTimeoutMs = 10_000;
/** A kept connection may have ended while the sandbox slept: that shows at once, and another one works. */
const attempts = 2;

/** Anything but 2xx is a refusal, redirects too: an event goes to the address of the setting alone. */
export const eventPoster =
  (
    url: string,
    { clock, timeoutMs = postTimeoutMs }: { clock: Clock; timeoutMs?: number },
  ): PostEvent =>
  async (event, secret) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const request = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Seenby',
        ...signatureOf(event, secret, clock()),
      },
      body: event.body,
      redirect: 'manual',
      signal,
    } as const;
    for (let attempt = 1; ; attempt++) {
      try {
        return await outcomeOf(await fetch(url, request), clock());
      } catch (error) {
        if (signal.aborted) return { outcome: 'refused', why: 'no answer in time' };
        if (attempt === attempts) return { outcome: 'refused', why: reasonOf(error) };
      }
    }
  };

async function outcomeOf(response: Response, nowMs: number): Promise<PostOutcome> {
  await response.body?.cancel();
  if (response.ok) return { outcome: 'taken' };
  const retryAfterMs = retryAfter(response.headers.get('retry-after'), nowMs);
  return {
    outcome: 'refused',
    why: `HTTP ${response.status}`,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Seconds or a date, as HTTP has it. */
function retryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** The code of a network error stands in its cause; the address stays out of logs: it may hold a token. */
function reasonOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: string }; name?: string };
  return cause?.code ?? name ?? 'no connection';
}
