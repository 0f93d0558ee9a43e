export interface ClientCredentials {
  /** The token endpoint of the OpenID Connect provider; of the stack's own user pool: output `ServiceTokenUrl`. */
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  /** `seenby/service` by default. */
  scope?: string;
}

const timeoutMs = 10_000;

/**
 * A `getToken` that asks an OpenID Connect provider by client credentials (RFC 6749, section 4.4).
 *
 * @throws Error with the provider's status when it refuses.
 */
export const clientCredentials =
  ({ tokenUrl, clientId, clientSecret, scope = 'seenby/service' }: ClientCredentials) =>
  async (): Promise<string> => {
    const both = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(both).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`${tokenUrl} answered ${response.status}.`);
    const { access_token: token } = (await response.json()) as { access_token?: string };
    if (!token) throw new Error(`${tokenUrl} answered no access_token.`);
    return token;
  };
