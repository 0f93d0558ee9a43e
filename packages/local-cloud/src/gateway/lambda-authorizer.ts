import type { Functions } from '../lambda/functions.ts';
import type { LambdaAuthorizer } from './definition/authorizers.ts';
import { evaluateInvokePolicy } from './definition/invoke-policy.ts';
import { invokeTarget } from './definition/invoke-target.ts';
import { headerOf, type MultiValues } from './request-values.ts';

/** What an authorizer said, with the HTTP status and message API Gateway answers when it refused. */
export type Verdict =
  | { allowed: true; context: Record<string, unknown>; principalId: string | undefined }
  | Refusal;

export interface Refusal {
  allowed: false;
  statusCode: 401 | 403 | 500;
  message: string;
}

export const unauthorized: Refusal = { allowed: false, statusCode: 401, message: 'Unauthorized' };
export const forbidden: Refusal = { allowed: false, statusCode: 403, message: 'Forbidden' };
const failed: Refusal = { allowed: false, statusCode: 500, message: 'Internal server error' };

/**
 * The declared identity sources' values, or undefined when one is missing: API Gateway then
 * answers 401 without invoking the authorizer.
 */
export function readIdentity(
  identitySources: readonly string[],
  headers: MultiValues,
  query: MultiValues,
): string[] | undefined {
  const values: string[] = [];
  for (const source of identitySources) {
    const value = identityValue(source, headers, query);
    if (!value) return undefined;
    values.push(value);
  }
  return values;
}

// `route.request.header.X` in WebSocket APIs, `$request.header.X` in HTTP APIs.
function identityValue(source: string, headers: MultiValues, query: MultiValues) {
  const [, place, name = ''] = /request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (place === 'header') return headerOf(headers, name);
  if (place === 'querystring') return query.get(name)?.join(',');
  return undefined;
}

/** Invokes a REQUEST authorizer and judges its answer for one ARN. */
export async function runLambdaAuthorizer(
  functions: Pick<Functions, 'invoke'>,
  authorizer: LambdaAuthorizer,
  event: unknown,
  resourceArn: string,
): Promise<Verdict> {
  const outcome = await invokeTarget(functions, authorizer, event);
  // The one error text API Gateway gives a meaning to.
  if (!outcome.ok) return outcome.errorMessage === 'Unauthorized' ? unauthorized : failed;
  if (typeof outcome.payload !== 'object' || outcome.payload === null) return failed;
  const answer = outcome.payload as Record<string, unknown>;
  return authorizer.simpleResponses ? judgeSimple(answer) : judgePolicy(answer, resourceArn);
}

function judgeSimple(answer: Record<string, unknown>): Verdict {
  const context = contextOf(answer);
  if (typeof answer.isAuthorized !== 'boolean' || !context) return failed;
  return answer.isAuthorized ? { allowed: true, context, principalId: undefined } : forbidden;
}

function judgePolicy(answer: Record<string, unknown>, resourceArn: string): Verdict {
  const { principalId, policyDocument } = answer;
  const context = contextOf(answer);
  if (typeof principalId !== 'string' || !context) return failed;
  const decision = evaluateInvokePolicy(policyDocument, resourceArn);
  if (decision === 'malformed') return failed;
  return decision === 'allow' ? { allowed: true, context, principalId } : forbidden;
}

function contextOf(answer: Record<string, unknown>): Record<string, unknown> | undefined {
  const context = answer.context ?? {};
  return typeof context === 'object' ? (context as Record<string, unknown>) : undefined;
}
