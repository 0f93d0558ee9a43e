import type { IncomingMessage } from 'node:http';
import type { Functions } from '../../lambda/functions.ts';
import type { ApiDefinition, ApiRoute } from '../definition/api-definition.ts';
import type { LambdaAuthorizer } from '../definition/authorizers.ts';
import {
  type Refusal,
  readIdentity,
  runLambdaAuthorizer,
  unauthorized,
} from '../lambda-authorizer.ts';
import { readHeaders, readQuery } from '../request-values.ts';
import type { HttpEvent } from './http-event.ts';
import { createJwtVerifier } from './jwt-authorizer.ts';

/** What `requestContext.authorizer` becomes, or the refusal to answer. */
type Authorization = { allowed: true; authorizer?: Record<string, unknown> } | Refusal;

type Authorize = (
  route: ApiRoute,
  event: HttpEvent,
  request: IncomingMessage,
  url: URL,
) => Promise<Authorization>;

/** Runs the JWT and REQUEST authorizers of an HTTP API. Answers are not cached between requests. */
export function createHttpAuthorization(
  api: ApiDefinition,
  functions: Pick<Functions, 'invoke'>,
  rewrite: (url: string) => string,
): Authorize {
  const verifiers = new Map<string, ReturnType<typeof createJwtVerifier>>();
  return async ({ authorizer, scopes }, event, request, url) => {
    if (!authorizer) return { allowed: true };
    const identity = readIdentity(authorizer.identitySources, readHeaders(request), readQuery(url));
    if (!identity) return unauthorized;
    if (authorizer.kind === 'lambda') return askLambda(api, functions, authorizer, event, identity);
    const key = `${authorizer.issuer} ${authorizer.audience.join(' ')}`;
    const verify = verifiers.get(key) ?? createJwtVerifier(authorizer, rewrite);
    verifiers.set(key, verify);
    const verdict = await verify(identity[0] ?? '', scopes);
    if (!verdict.allowed) return verdict;
    return {
      allowed: true,
      authorizer: { jwt: { claims: verdict.claims, scopes: verdict.scopes } },
    };
  };
}

async function askLambda(
  api: ApiDefinition,
  functions: Pick<Functions, 'invoke'>,
  authorizer: LambdaAuthorizer,
  event: HttpEvent,
  identitySource: string[],
): Promise<Authorization> {
  const { method, path } = event.requestContext.http;
  const routeArn = `arn:aws:execute-api:${api.region}:${api.accountId}:${api.apiId}/${api.stage}/${method}${path}`;
  const input = { ...event, type: 'REQUEST', routeArn, identitySource };
  const verdict = await runLambdaAuthorizer(functions, authorizer, input, routeArn);
  return verdict.allowed ? { allowed: true, authorizer: { lambda: verdict.context } } : verdict;
}
