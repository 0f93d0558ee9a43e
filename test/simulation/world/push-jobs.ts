import { Consumer } from '@seenby/local-cloud/queues/consumer.ts';
import { Queue } from '@seenby/local-cloud/queues/queue.ts';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { QueuedJob } from '../../../functions/push/dispatch/push-job.ts';
import type { PushQueue } from '../../../functions/push/dispatch/push-queue.ts';
import type { Faults } from '../faults/faults.ts';
import type { Lambda } from './lambda.ts';
import type { Sandbox } from './sandbox.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** As `lib/functions/push-function.ts` has it. */
const visibilityTimeoutMs = 60_000;
const maxReceives = 5;
const pace = { batchSize: 5, maxConcurrency: 2 };
const callMs = 5;

/** The push queue and what takes jobs from it: a queue of the local cloud in simulated time. */
export class PushJobs {
  /** Jobs that were received too often. */
  givenUp = 0;
  readonly #time: SimulatedTime;
  readonly #faults: Faults;
  readonly #queue: Queue;

  constructor(time: SimulatedTime, faults: Faults, lambda: Lambda<SQSEvent, SQSBatchResponse>) {
    this.#time = time;
    this.#faults = faults;
    const redrive = { deadLetterArn: 'dead letters', maxReceives };
    this.#queue = new Queue(
      { url: 'push', arn: 'push', isForOperator: false, visibilityTimeoutMs, redrive },
      time.clockOfCloud,
      () => {
        this.givenUp++;
      },
    );
    const invoke = async (_name: string, event: unknown) => {
      const answered = await lambda.invoke(event as SQSEvent);
      return answered.outcome === 'answered'
        ? { ok: true as const, payload: answered.value, durationMs: 0 }
        : { ok: false as const, errorType: answered.outcome, errorMessage: '', durationMs: 0 };
    };
    const settings = { functionId: 'push', queueArn: 'push', reportsItemFailures: true, ...pace };
    new Consumer(settings as never, this.#queue, { invoke });
  }

  get isIdle(): boolean {
    return this.#queue.size === 0;
  }

  queueFor(sandbox: Sandbox): PushQueue<QueuedJob> {
    return (job, delayMs) => sandbox.alive(this.#send(sandbox, job, delayMs));
  }

  async #send(sandbox: Sandbox, job: QueuedJob, delayMs: number): Promise<void> {
    await this.#time.wait(callMs);
    if (!sandbox.isAlive) return;
    const fault = this.#faults.strike('queue');
    if (fault === 'refused') throw new Error('SQS is away');
    if (fault === 'crash before') return sandbox.end('crashed');
    const times = fault === 'twice' ? 2 : 1;
    for (let n = 0; n < times; n++) {
      this.#queue.send(JSON.stringify(job), Math.ceil(delayMs / 1000) * 1000);
    }
    if (fault === 'crash after') return sandbox.end('crashed');
    if (fault === 'answer lost') throw new Error('no answer from SQS');
  }
}
