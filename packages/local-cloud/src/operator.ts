import { localAccess } from './dynamodb/local-access.ts';
import { openDeadLetterEndpoint } from './queues/dead-letter-endpoint.ts';
import type { DeadLetterQueues } from './streams/dead-letter-queues.ts';
import { openStreamsEndpoint } from './streams/streams-endpoint.ts';
import type { Template } from './template/template.ts';

/** What a script of an operator needs. */
export interface OperatorAccess {
  /** Where it finds the services. */
  environment: Record<string, string>;
  /** By logical id. */
  queueUrls: Record<string, string>;
  close(): Promise<void>;
}

/** The services as who runs the stack calls them, beside its functions. */
export async function openOperatorAccess(options: {
  template: Template;
  deadLetters: DeadLetterQueues;
  dynamoDbEndpoint: string;
  lambdaEndpoint: string;
  /** Where the other services are. */
  environment: Readonly<Record<string, string>>;
  nowMs: () => number;
  reportFault: (cause: unknown) => void;
}): Promise<OperatorAccess> {
  const { dynamoDbEndpoint, lambdaEndpoint, reportFault } = options;
  const queues = await openDeadLetterEndpoint(options);
  const streams = await openStreamsEndpoint(dynamoDbEndpoint, reportFault);
  const { accessKeyId, secretAccessKey } = localAccess.credentials;
  return {
    environment: {
      ...options.environment,
      AWS_REGION: localAccess.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB_STREAMS: streams.url,
      AWS_ENDPOINT_URL_LAMBDA: lambdaEndpoint,
      AWS_ENDPOINT_URL_SQS: queues.url,
    },
    queueUrls: queues.queueUrls,
    async close() {
      await streams.close();
      await queues.close();
    },
  };
}
