import type { SQSEvent } from 'aws-lambda';
import type { AnswerPorts } from '../../../functions/handlers/parts.ts';
import type { QueuedJob } from '../../../functions/push/dispatch/push-job.ts';
import type { Table } from '../../../functions/store/dynamodb/table.ts';
import type { VirtualTime } from '../time/virtual-time.ts';
import { lambdas, usualSettings } from './lambdas.ts';
import { Peers } from './peers.ts';

const queueMs = 50;

/** What tells a service from others, and what it shares with them. */
export interface OneOfSeveral {
  /** Of its table. */
  epoch?: string;
  /** The connections that API Gateway holds, where it outlives the table. */
  peers?: Peers;
  /** No two services make the same one. */
  newId?: () => string;
}

export function countedIds(): () => string {
  let ids = 0;
  return () => `made-${++ids}`;
}

/** The Lambdas of the service with ports for virtual time, a sandbox of each. */
export function wireInProcess(
  time: VirtualTime,
  table: Table,
  /** Told of each job of the push Lambda, with how many connections it posts to. */
  jobStarts: (connections: number) => void = () => {},
  { epoch, peers = new Peers(), newId = countedIds() }: OneOfSeveral = {},
) {
  const { clock, random, wait } = time;
  const ports: AnswerPorts = {
    ...{ table, clock, random, wait, newId, ...usualSettings },
    ...(epoch !== undefined && { epoch }),
    poster: peers,
    queue: async (job, delayMs) => {
      time.after(delayMs + queueMs, () => {
        jobStarts('connections' in job ? job.connections.length : 0);
        void push(sqsEvent(job));
      });
    },
  };
  const push = lambdas.push(ports);
  return {
    ...{ peers, push, epoch },
    http: lambdas.http(ports, async (token = '') => ({
      outcome: 'authenticated',
      identity: { userId: token, expiresAt: Number.MAX_SAFE_INTEGER },
    })),
    socket: lambdas.socket(ports),
    recorder: lambdas.recorder(ports),
    fanOut: lambdas.fanOut(ports),
  };
}

export type InProcessLambdas = ReturnType<typeof wireInProcess>;

const sqsEvent = (job: QueuedJob): SQSEvent =>
  ({ Records: [{ messageId: 'job', body: JSON.stringify(job) }] }) as SQSEvent;
