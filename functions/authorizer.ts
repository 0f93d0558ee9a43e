import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { wireAuthenticate } from './auth/authenticate.ts';
import { isAllowedOrigin } from './auth/origins.ts';
import { tokenOf } from './auth/upgrade-request.ts';
import { required } from './runtime/required-environment.ts';
import { tableEpoch } from './runtime/table-epoch.ts';

const authenticate = wireAuthenticate();
const origins = required('allowedOrigins').split(',');
const epoch = tableEpoch();

/**
 * Decides on every WebSocket upgrade. API Gateway answers 401 for an error that says exactly
 * `Unauthorized`, and 403 for a policy that denies.
 */
export async function handler(
  event: APIGatewayRequestAuthorizerEvent,
): Promise<APIGatewayAuthorizerResult> {
  const authentication = await authenticate(tokenOf(event));
  if (authentication.outcome !== 'authenticated') throw new Error('Unauthorized');
  const { expiresAt, ...claims } = authentication.identity;
  const effect = isAllowedOrigin(origins, event.headers) ? 'Allow' : 'Deny';
  return {
    principalId: claims.userId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: event.methodArn }],
    },
    // API Gateway keeps it for as long as the connection lives, whatever is deployed meanwhile.
    context: { ...claims, expiresAt, epoch },
  };
}
