/** Where the page finds its service: `config.json` beside it, written by the deployment. */
export interface PageConfig {
  /** Address of the HTTP API, without a slash at the end. */
  readonly httpUrl: string;
  /** Address of the WebSocket API. */
  readonly wsUrl: string;
  /** Whose tokens the service accepts. */
  readonly issuer: string;
  /** The client of the stack's own Cognito user pool, when there is one. */
  readonly userPoolClientId?: string;
}

/** Throws when the page stands alone, without a service. */
export async function loadPageConfig(): Promise<PageConfig> {
  const response = await fetch('./config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return response.json();
}
