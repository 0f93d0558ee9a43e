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

export interface AwsServices {
  /** Where the functions' clients find them. */
  environment: Record<string, string>;
  /** A folder per bucket of the template, in it a file per object. */
  objectsDir: string;
  published(): PublishedEvent[];
  close(): Promise<void>;
}

const objectsPath = '/s3/';
const eventsPath = '/events/';

/** S3 and EventBridge, as far as the template's buckets and buses go. */
export async function openAwsServices(options: {
  template: Template;
  nowMs: () => number;
  /** Keeps objects and events; without it they go with the services. */
  dataDir?: string | undefined;
  /** Whether the role of who calls allows it; all may unless given. */
  authorize?: Authorize;
  reportFault: (cause: unknown) => void;
}): Promise<AwsServices> {
  const { template, nowMs, dataDir, authorize = () => undefined, reportFault } = options;
  const namesOf = (type: string) =>
    template.resources(type).map(({ logicalId }) => String(template.resolve({ Ref: logicalId })));
  const objectsDir = dataDir ? join(dataDir, 's3') : mkdtempSync(join(tmpdir(), 'local-s3-'));
  const objects = new ObjectFolders(objectsDir, namesOf('AWS::S3::Bucket'), authorize);
  const eventsDir = dataDir && join(dataDir, 'events');
  const buses = new EventBuses(namesOf('AWS::Events::EventBus'), nowMs, authorize, eventsDir);
  const server = createHttpServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path.startsWith(objectsPath)) {
      await objects.handle(path.slice(objectsPath.length), request, response);
    } else if (path.startsWith(eventsPath)) await buses.handle(request, response);
    else respondJson(response, 404, { message: 'Not Found' });
  }, reportFault);
  const url = `http://127.0.0.1:${await listen(server, 0, 'the port of S3 and EventBridge')}`;
  return {
    environment: {
      AWS_ENDPOINT_URL_S3: url + objectsPath,
      AWS_ENDPOINT_URL_EVENTBRIDGE: url + eventsPath,
    },
    objectsDir,
    published: () => buses.published(),
    async close() {
      await closeServer(server);
      if (!dataDir) rmSync(objectsDir, { recursive: true, force: true });
    },
  };
}
