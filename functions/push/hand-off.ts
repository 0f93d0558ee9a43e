import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HandOff } from './dispatcher.ts';

/** Invokes the push Lambda and does not wait for it. */
export function handOffTo(functionName: string): HandOff {
  const client = new LambdaClient({
    maxAttempts: 4,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: 2000 }),
  });
  return async (parcel) => {
    await client.send(
      new InvokeCommand({
        FunctionName: functionName,
        InvocationType: 'Event',
        Payload: JSON.stringify(parcel),
      }),
    );
  };
}
