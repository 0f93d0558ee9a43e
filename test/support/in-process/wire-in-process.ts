import type { SQSEvent } from 'aws-lambda';
import type { AnswerPorts } from '../../../functions/handlers/parts.ts';
import type { QueuedJob } from '../../../functions/push/dispatch/push-job.ts';
import type { Table } from '../../../functions/store/dynamodb/table.ts';
import type { VirtualTime } from '../time/virtual-time.ts';
import { lambdas, usualSettings } from './lambdas.ts';
import { Peers } from './peers.ts';

const queueMs = 50;

/** The Lambdas of the service with ports for virtual time, a sandbox of each. */
export function wireInProcess(
  time: VirtualTime,
  table: Table,
  /** Told of each job of the push Lambda, with how many connections it posts to. */
  jobStarts: (connections: number) => void = () => {},
) {
  let ids = 0;
  const { clock, random, wait } = time;
  const peers = new Peers();
  const ports: AnswerPorts = {
    ...{ table, clock, random, wait, ...usualSettings },
    newId: () => `made-${++ids}`,
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
    ...{ peers, push },
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
