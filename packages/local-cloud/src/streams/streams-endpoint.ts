import { createHttpServer } from '../gateway/http/http-server.ts';
import { closeServer, listen } from '../gateway/listen.ts';
import { readBody } from '../gateway/read-body.ts';
import { localAccount } from '../template/physical-names.ts';

const maxBytes = 64 * 1024;

/**
 * The stream calls of DynamoDB Local for streams by the ARN that they have in events: its own ones
 * are in a region that AWS does not have.
 */
export async function openStreamsEndpoint(
  dynamoDbEndpoint: string,
  reportFault: (cause: unknown) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createHttpServer(async (request, response) => {
    const body = String(await readBody(request, maxBytes));
    const { 'x-amz-target': target = '', authorization = '' } = request.headers;
    const answer = await fetch(dynamoDbEndpoint, {
      method: 'POST',
      headers: {
        ...{ 'x-amz-target': String(target), authorization },
        ...{ 'content-type': 'application/x-amz-json-1.0' },
      },
      body: body.replaceAll(`:dynamodb:${localAccount.region}:`, ':dynamodb:ddblocal:'),
    });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }, reportFault);
  const url = `http://127.0.0.1:${await listen(server, 0, 'the port of DynamoDB Streams')}`;
  return { url, close: () => closeServer(server) };
}
