/** What an API is called in the ARNs of its resources. */
interface ApiName {
  apiId: string;
  region: string;
  accountId: string;
  stage: string;
}

const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * The source ARNs under which API Gateway calls the function of a route: the stage, then the method
 * and the path of an HTTP route, or the bare key of a WebSocket route and of `$default`, which so
 * has one part less. ANY stands for every method, and all of them need a permission.
 */
export function sourceArnsOf(api: ApiName, routeKey: string): string[] {
  const [method = '', path] = routeKey.split(' ');
  const resources =
    path === undefined
      ? [routeKey]
      : (method === 'ANY' ? methods : [method]).map((one) => `${one}${path}`);
  return resources.map((resource) => `${arnOfApi(api)}/${api.stage}/${resource}`);
}

export function authorizerArn(api: Omit<ApiName, 'stage'>, authorizerId: string): string {
  return `${arnOfApi(api)}/authorizers/${authorizerId}`;
}

export const arnOfApi = ({ apiId, region, accountId }: Omit<ApiName, 'stage'>): string =>
  `arn:aws:execute-api:${region}:${accountId}:${apiId}`;
