import type { Functions, Invocation } from '../../lambda/functions.ts';
import type { InvokePermissions } from '../../lambda/invoke-permissions.ts';

/** A function that API Gateway calls. */
export interface InvokeTarget {
  functionId: string;
  /** The source ARN that no permission of the function covers, if there is one. */
  refusedArn: string | undefined;
}

/** What is in the URI of an integration or an authorizer: the function's ARN, or its alias's. */
export function calledArn(uri: string): string {
  return /\/functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

export function findRefused(
  permissions: InvokePermissions,
  target: string,
  sourceArns: readonly string[],
): string | undefined {
  return sourceArns.find(
    (sourceArn) => !permissions.allow(target, { service: 'apigateway', sourceArn }),
  );
}

/** Lambda refuses a call that the function's resource policy does not allow. */
export async function invokeTarget(
  functions: Pick<Functions, 'invoke'>,
  { functionId, refusedArn }: InvokeTarget,
  event: unknown,
): Promise<Invocation> {
  if (refusedArn === undefined) return functions.invoke(functionId, event);
  const errorMessage = `No permission of ${functionId} covers ${refusedArn}`;
  return { ok: false, errorType: 'AccessDeniedException', errorMessage, durationMs: 0 };
}
