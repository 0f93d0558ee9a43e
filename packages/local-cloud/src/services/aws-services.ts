import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpServer } from '../gateway/http/http-server.ts';
import { closeServer, listen } from '../gateway/listen.ts';
import { respondJson } from '../gateway/respond.ts';
import type { Authorize } from '../permissions/permissions.ts';
import type { Template } from '../template/template.ts';
import { EventBuses, type PublishedEvent } from './event-buses.ts';
import { ObjectFolders } from './object-folders.ts';
import { Secrets } from './secrets.ts';

export interface AwsServices {
  /** Where the functions' clients find them. */
  environment: Record<string, string>;
  /** A folder per bucket of the template, in it a file per object. */
  objectsDir: string;
  published(): PublishedEvent[];
  secrets: Secrets;
  close(): Promise<void>;
}

const objectsPath = '/s3/';
const eventsPath = '/events/';
const secretsPath = '/secrets/';

/** S3, EventBridge and Secrets Manager, as far as the template's buckets, buses and secrets go. */
export async function openAwsServices(options: {
  template: Template;
  nowMs: () => number;
  /** Keeps objects and events; without it they go with the services. */
  dataDir?: string | undefined;
  /** Whether the role of who calls allows it; all may unless given. */
  authorize?: Authorize;
  /** Told of each event that a bus has taken. */
  onEvent?: (bus: string, event: PublishedEvent) => void;
  reportFault: (cause: unknown) => void;
}): Promise<AwsServices> {
  const { template, nowMs, dataDir, authorize = () => undefined, onEvent, reportFault } = options;
  const namesOf = (type: string) =>
    template.resources(type).map(({ logicalId }) => String(template.resolve({ Ref: logicalId })));
  const objectsDir = dataDir ? join(dataDir, 's3') : mkdtempSync(join(tmpdir(), 'local-s3-'));
  const objects = new ObjectFolders(objectsDir, namesOf('AWS::S3::Bucket'), authorize);
  const eventsDir = dataDir && join(dataDir, 'events');
  const buses = new EventBuses(namesOf('AWS::Events::EventBus'), nowMs, authorize, eventsDir);
  if (onEvent) buses.onEvent = onEvent;
  const secrets = new Secrets(template, authorize, dataDir && join(dataDir, 'secrets.json'));
  const server = createHttpServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path.startsWith(objectsPath)) {
      await objects.handle(path.slice(objectsPath.length), request, response);
    } else if (path.startsWith(eventsPath)) await buses.handle(request, response);
    else if (path.startsWith(secretsPath)) await secrets.handle(request, response);
    else respondJson(response, 404, { message: 'Not Found' });
  }, reportFault);
  const url = `http://127.0.0.1:${await listen(server, 0, 'the port of S3, EventBridge and Secrets Manager')}`;
  return {
    environment: {
      AWS_ENDPOINT_URL_S3: url + objectsPath,
      AWS_ENDPOINT_URL_EVENTBRIDGE: url + eventsPath,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url + secretsPath,
    },
    objectsDir,
    published: () => buses.published(),
    secrets,
    async close() {
      await closeServer(server);
      if (!dataDir) rmSync(objectsDir, { recursive: true, force: true });
    },
  };
}
