// Size and cold import time of every function of a freshly synthesized stack.
//   node bench/imports.ts
// Exits with 1 when a bundle is over 450 KB, or takes longer than 1.6 times a bundle of the two AWS
// clients: 100 ms where that takes 61.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { functionEnvironment } from '@seenby/local-cloud/gateway/function-environment.ts';
import {
  type FunctionSettings,
  readFunctionSettings,
} from '@seenby/local-cloud/lambda/function-settings.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { buildSync } from 'esbuild';
import { synthesizeSeenby } from '../demo/local/synthesize-seenby.ts';
import { percentilesOf } from './reports/percentiles.ts';
import { tableOf } from './support/table-of.ts';

const projectDir = join(import.meta.dirname, '..');
const maxKilobytes = 450;
const maxTimesTheClients = 1.6;
const runs = 7;

/** What functions of this kind cannot do without, as esbuild bundles it unless told otherwise. */
const awsClients = `
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
export { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
export { BatchGetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
export const table = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));
export const gateway = new ApiGatewayManagementApiClient({ region: 'us-east-1' });`;

/** A module's own time, without the start of the process around it. */
const measureImport = `
const startMs = performance.now();
await import(process.argv[1]);
console.log(performance.now() - startMs);
process.exit();`;

interface Bundle {
  name: string;
  file: string;
  environment: Record<string, string>;
}

interface Imported {
  name: string;
  kilobytes: number;
  gzippedKilobytes: number;
  importMs: number;
}

async function main(): Promise<void> {
  const workDir = mkdtempSync(join(tmpdir(), 'seenby-bundles-'));
  try {
    const assemblyDir = join(workDir, 'cdk.out');
    const { durationMs } = await synthesizeSeenby({ projectDir, outputDir: assemblyDir });
    console.log(`Synthesized in ${(durationMs / 1000).toFixed(1)} s. Median of ${runs} imports:\n`);
    const [clients, ...functions] = measure([bundleOfClients(workDir), ...bundlesOf(assemblyDir)]);
    report(clients?.importMs ?? 0, functions);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

function report(clientsMs: number, functions: readonly Imported[]): void {
  const rows = functions.map(({ name, kilobytes, gzippedKilobytes, importMs }) => {
    const times = importMs / clientsMs;
    if (kilobytes > maxKilobytes) fail(`${name} is over ${maxKilobytes} KB`);
    if (times > maxTimesTheClients) fail(`${name} takes ${times.toFixed(1)} times the clients`);
    const figures = [kilobytes, gzippedKilobytes, importMs].map((figure) => figure.toFixed(0));
    return [name, ...figures, times.toFixed(2)];
  });
  const head = ['', 'KB', 'gzip KB', 'import ms', 'of the AWS clients'];
  console.log(tableOf([head, ...rows]));
  console.log(`\nThe AWS clients: ${clientsMs.toFixed(0)} ms.`);
}

function fail(fault: string): void {
  console.error(`✗ ${fault}`);
  process.exitCode = 1;
}

/** The functions of the stack as Lambda would run them; nothing is called, so no address is needed. */
function bundlesOf(assemblyDir: string): Bundle[] {
  const template = Template.read(assemblyDir);
  const environment = functionEnvironment({
    dynamoDb: 'http://127.0.0.1:1',
    queues: 'http://127.0.0.1:1',
    lambda: 'http://127.0.0.1:1',
  });
  return readFunctionSettings(template, (value) => value, environment).map(toBundle);
}

const toBundle = ({ logicalId, assetDir, environment }: FunctionSettings): Bundle => ({
  name: logicalId.replace(/[0-9A-F]{8}$/, ''),
  file: join(assetDir, 'index.mjs'),
  environment,
});

function bundleOfClients(workDir: string): Bundle {
  const file = join(workDir, 'clients.mjs');
  buildSync({
    stdin: { contents: awsClients, resolveDir: projectDir },
    outfile: file,
    ...{ bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node24' },
    mainFields: ['module', 'main'],
  });
  return { name: 'AWS clients', file, environment: {} };
}

/** In turns, so that what else the machine does slows all of them alike. */
function measure(bundles: readonly Bundle[]): Imported[] {
  const times = bundles.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [i, { file, environment }] of bundles.entries()) {
      times[i]?.push(importOnce(file, environment));
    }
  }
  return bundles.map(({ name, file }, i) => {
    const code = readFileSync(file);
    return {
      name,
      kilobytes: code.length / 1024,
      gzippedKilobytes: gzipSync(code).length / 1024,
      importMs: percentilesOf(times[i] ?? []).p50,
    };
  });
}

function importOnce(file: string, environment: Record<string, string>): number {
  const args = ['--input-type=module', '--eval', measureImport, pathToFileURL(file).href];
  return Number(execFileSync(process.execPath, args, { env: environment, encoding: 'utf8' }));
}

await main();
