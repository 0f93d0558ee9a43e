export interface LocalTokenClaims {
  userId?: string;
  name?: string;
  /** An https address. */
  picture?: string;
}

/**
 * A token from the service on your own machine (`npm start`), which gives one to anybody: of a user, or without a
 * `userId` of a backend. A deployed service has no such route.
 *
 * @throws Error that says why there is no token.
 */
export async function localToken(url: string, claims: LocalTokenClaims = {}): Promise<string> {
  const body = JSON.stringify(claims.userId === undefined ? { ...claims, service: true } : claims);
  const response = await fetch(`${url}/dev/token`, { method: 'POST', body }).catch((cause) => {
    throw new Error(`No service answers at ${url}. Is npm start running?`, { cause });
  });
  if (!response.ok)
    throw new Error(`${url}/dev/token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}
