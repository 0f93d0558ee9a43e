import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { localAccess } from '../../src/dynamodb/local-access.ts';
import { type AwsServices, openAwsServices } from '../../src/services/aws-services.ts';
import type { TemplateResource } from '../../src/template/assembly.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

/**
 * Opens the services of a template for the tests of a file. Clients are made as a Lambda makes its own:
 * all they know is in the environment. A fault of the services fails the file.
 */
export function servicesOf(Resources: Record<string, TemplateResource>): () => AwsServices {
  const template = Template.read(writeAssembly({ Resources }, {}));
  const dataDir = mkdtempSync(join(tmpdir(), 'aws-services-'));
  const faults: unknown[] = [];
  let services: AwsServices | undefined;

  beforeAll(async () => {
    services = await openAwsServices({
      ...{ template, dataDir, nowMs: () => Date.UTC(2026, 0, 15) },
      reportFault: (cause) => faults.push(cause),
    });
    const { accessKeyId, secretAccessKey } = localAccess.credentials;
    vi.stubEnv('AWS_REGION', localAccess.region);
    vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
    for (const [name, value] of Object.entries(services.environment)) vi.stubEnv(name, value);
  });
  afterAll(async () => {
    await services?.close();
    vi.unstubAllEnvs();
    rmSync(dataDir, { recursive: true });
    expect(faults).toEqual([]);
  });

  return () => {
    if (!services) throw new Error('the services are not open yet');
    return services;
  };
}
