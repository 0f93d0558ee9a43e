import { breachesOfAnswer } from './contract.ts';

/** A token from the identity provider of the local cloud. */
export const fetchToken = (
  httpUrl: string,
  userId: string,
  more: { name?: string; picture?: string; expiresInSeconds?: number } = {},
): Promise<string> => askForToken(httpUrl, { userId, ...more });

/** The same for a backend. */
export const fetchServiceToken = (httpUrl: string): Promise<string> =>
  askForToken(httpUrl, { service: true });

async function askForToken(httpUrl: string, request: object): Promise<string> {
  const response = await fetch(`${httpUrl}/dev/token`, {
    method: 'POST',
    body: JSON.stringify(request),
  });
  if (!response.ok) throw new Error(`no token: ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}

/** Calls an HTTP route with a token. Throws unless the answer is one of success. */
export async function callRoute<T>(
  url: string,
  token: string,
  body?: object,
  method = body ? 'POST' : 'GET',
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  const answer = JSON.parse(text) as T;
  const { pathname: path } = new URL(url);
  const breaches = breachesOfAnswer({ method, path, status: response.status, body: answer });
  if (breaches.length > 0) throw new Error(breaches.join('\n'));
  return answer;
}
