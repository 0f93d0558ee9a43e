// How fast a Lambda of some memory posts to connections over TLS, and what a million frames of it
// cost: a process held to that share of a core posts to a server on this machine.
//   node bench/post-over-tls.ts [--memory 512,1024,1769] [--connections 250,500] [--runs N]
// Needs a control group for the processor, which root may make, and the `openssl` program.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from './processes/child.ts';
import type { PostCommands, PostTimes } from './processes/post-process.ts';
import { percentilesOf } from './reports/percentiles.ts';
import { limitProcessor } from './support/processor-share.ts';
import { tableOf } from './support/table-of.ts';

const { values } = parseArgs({
  options: {
    memory: { type: 'string', default: '512,1024,1769' },
    connections: { type: 'string', default: '100,250,500' },
    /** With sockets that are open already, after the first one. */
    runs: { type: 'string', default: '5' },
  },
});
const numbersOf = (text: string) => text.split(',').map(Number);

/** What API Gateway takes in its own region to answer. */
const answerMs = 10;
/** On arm64 in us-east-1. */
const dollarsPerGbSecond = 0.0000133334;
const dollarsPerCall = 0.2 / 1_000_000;

const dir = mkdtempSync(join(tmpdir(), 'seenby-tls-'));
const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(dir, name)) as [string, string];
const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
execFileSync(
  'openssl',
  [
    ...[
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    ...subject,
  ],
  { stdio: 'ignore' },
);
// Children take it from their environment when they start.
process.env.NODE_EXTRA_CA_CERTS = cert;
Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local' });
process.env.AWS_SECRET_ACCESS_KEY = 'local';

const server = createServer(
  { key: readFileSync(key), cert: readFileSync(cert) },
  (request, response) => {
    request.resume().on('end', () => setTimeout(() => response.end(), answerMs));
  },
);
server.keepAliveTimeout = 60_000;
await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
const url = `https://localhost:${(server.address() as AddressInfo).port}/v1`;

interface Run {
  memoryMb: number;
  connections: number;
  cold: PostTimes;
  warm: PostTimes[];
}

async function measure(memoryMb: number, connections: number): Promise<Run> {
  const child = startChild<PostCommands>(new URL('./processes/post-process.ts', import.meta.url));
  await child.call('open', url as never);
  const release = limitProcessor(child.pid, memoryMb);
  const post = () => child.call('post', connections as never) as Promise<PostTimes>;
  const cold = await post();
  const warm: PostTimes[] = [];
  for (let run = 0; run < Number(values.runs); run++) warm.push(await post());
  await child.stop();
  release();
  return { memoryMb, connections, cold, warm };
}

const median = (numbers: readonly number[]): number => percentilesOf(numbers).p50;

/** What Lambda bills for posting alone, of which everything else a function does is little. */
function dollarsPerMillionFrames({ memoryMb, connections, warm }: Run): number {
  const seconds = median(warm.map(({ allMs }) => allMs)) / 1000;
  const perCall = seconds * (memoryMb / 1024) * dollarsPerGbSecond + dollarsPerCall;
  return (perCall / connections) * 1_000_000;
}

function rowOf(run: Run): string[] {
  const { memoryMb, connections, cold, warm } = run;
  const all = median(warm.map(({ allMs }) => allMs));
  return [
    `${memoryMb}`,
    `${connections}`,
    `${cold.inASecond} in ${Math.round(cold.allMs)} ms${cold.notSent ? `, ${cold.notSent} not` : ''}`,
    `${median(warm.map(({ inASecond }) => inASecond))}`,
    `${Math.round(all)} ms`,
    `${Math.round((connections / all) * 1000)}`,
    (median(warm.map(({ processorMs }) => processorMs)) / connections).toFixed(2),
    dollarsPerMillionFrames(run).toFixed(3),
  ];
}

const rows: string[][] = [];
for (const memoryMb of numbersOf(values.memory)) {
  for (const connections of numbersOf(values.connections)) {
    rows.push(rowOf(await measure(memoryMb, connections)));
  }
}
console.log(
  tableOf([
    [
      ...['MB', 'posts', 'first, within a second and all', 'then within a second', 'all'],
      ...['a second', 'processor ms each', '$ per million'],
    ],
    ...rows,
  ]),
);
server.close();
server.closeAllConnections();
rmSync(dir, { recursive: true });
