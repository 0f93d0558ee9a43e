import { toRegExp } from '../../permissions/wildcards.ts';

/** What an authorizer's policy says about one invocation; `malformed` when it cannot be evaluated. */
export type PolicyDecision = 'allow' | 'deny' | 'malformed';

interface Statement {
  Effect: unknown;
  Action: unknown;
  Resource: unknown;
}

const action = 'execute-api:Invoke';

/**
 * Evaluates an IAM policy document for `execute-api:Invoke` on one ARN as IAM does: a matching
 * Deny wins, then a matching Allow, otherwise deny. Conditions and the Not* elements are reported
 * as malformed rather than guessed at.
 */
export function evaluateInvokePolicy(document: unknown, resourceArn: string): PolicyDecision {
  const statements = statementsOf(document);
  if (!statements) return 'malformed';
  const effects = statements
    .filter(
      ({ Action, Resource }) => matches(Action, action, 'i') && matches(Resource, resourceArn),
    )
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny') ? 'allow' : 'deny';
}

function statementsOf(document: unknown): Statement[] | undefined {
  if (!isObject(document)) return undefined;
  const statements = [document.Statement].flat();
  return statements.every(isPlainStatement) ? statements : undefined;
}

function isPlainStatement(value: unknown): value is Statement {
  if (!isObject(value)) return false;
  const known = Object.keys(value).every((key) => /^(Sid|Effect|Action|Resource)$/.test(key));
  return known && (value.Effect === 'Allow' || value.Effect === 'Deny');
}

function matches(patterns: unknown, value: string, flags?: string): boolean {
  return [patterns].flat().some((pattern) => {
    return typeof pattern === 'string' && toRegExp(pattern, flags).test(value);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
