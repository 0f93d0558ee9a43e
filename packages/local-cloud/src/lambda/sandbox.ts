import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { workerScript } from '../worker-script.ts';
import type { FunctionSettings } from './function-settings.ts';
import { tooLarge } from './refused-invocations.ts';
import type { SandboxEvent, SandboxMessage, SandboxSettings } from './sandbox-messages.ts';

export type Outcome =
  | { ok: true; payload: unknown }
  | { ok: false; errorType: string; errorMessage: string };

const entry = new URL('./sandbox-worker.ts', import.meta.url);
/** Lambda gives a function ten seconds to load. */
const startTimeoutMs = 10_000;
/** Largest event and largest result of a synchronous invocation. */
const maxPayloadBytes = 6 * 1024 * 1024;

/** The outcome of events that the end of the local cloud cuts short. */
export const stopped = {
  errorType: 'Sandbox.Stopped',
  errorMessage: 'The local cloud is stopping',
};

interface Pending {
  requestId: string;
  settle: (outcome: Outcome) => void;
}

/** One execution environment: a worker thread with the bundle loaded, for one event at a time. */
export class Sandbox {
  /** False once it crashed, timed out or was stopped. */
  isAlive = true;
  readonly #settings: FunctionSettings;
  readonly #worker: Worker;
  #printed = '';
  #crash: Error | undefined;
  #pending: Pending | undefined;

  constructor(settings: FunctionSettings) {
    this.#settings = settings;
    const { assetDir, handler, functionName, functionArn, memoryMb, logGroupName } = settings;
    const logStreamName = randomUUID();
    this.#worker = new Worker(workerScript(entry), {
      workerData: {
        ...{ assetDir, handler, functionName, functionArn, memoryMb, logGroupName, logStreamName },
      } satisfies SandboxSettings,
      env: { ...settings.environment, AWS_LAMBDA_LOG_STREAM_NAME: logStreamName },
      execArgv: ['--enable-source-maps'],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    this.#worker.on('message', (message: SandboxMessage) => this.#receive(message));
    this.#worker.on('error', (error) => {
      this.#crash = error instanceof Error ? error : new Error(String(error));
    });
    this.#worker.on('exit', (code) => this.#exit(code));
  }

  /** Loads the bundle; call once, before the first event. Never rejects. */
  start(): Promise<Outcome> {
    return this.#wait('', startTimeoutMs, () => {});
  }

  /** Never rejects. The declared timeout kills the sandbox. */
  invoke(requestId: string, event: unknown): Promise<Outcome> {
    const { timeoutMs } = this.#settings;
    const eventJson = JSON.stringify(event) ?? 'null';
    if (Buffer.byteLength(eventJson) > maxPayloadBytes) {
      const errorMessage = `Request must be smaller than ${maxPayloadBytes} bytes`;
      return Promise.resolve(failure({ errorType: tooLarge, errorMessage }));
    }
    return this.#wait(requestId, timeoutMs, () => {
      this.#worker.postMessage({
        requestId,
        eventJson,
        deadlineMs: Date.now() + timeoutMs,
      } satisfies SandboxEvent);
    });
  }

  /** What was printed since the last call. */
  takeLines(): string[] {
    const lines = this.#printed.split('\n');
    if (lines.at(-1) === '') lines.pop();
    this.#printed = '';
    return lines;
  }

  async stop(): Promise<void> {
    this.#kill(stopped);
    await this.#worker.terminate();
  }

  /** Ends it in the middle of whatever it does, as when the process dies. */
  crash(): void {
    this.#kill(exited(1));
  }

  #wait(requestId: string, timeoutMs: number, begin: () => void): Promise<Outcome> {
    if (!this.isAlive) return Promise.resolve(failure(stopped));
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#kill({
          errorType: 'Sandbox.Timedout',
          errorMessage: `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
        });
      }, timeoutMs);
      const settle = (outcome: Outcome): void => {
        clearTimeout(timer);
        this.#pending = undefined;
        resolve(outcome);
      };
      this.#pending = { requestId, settle };
      begin();
    });
  }

  #receive(message: SandboxMessage): void {
    if (message.type === 'printed') {
      this.#printed += message.text;
    } else if (message.type === 'ready') {
      this.#pending?.settle({ ok: true, payload: null });
    } else if (message.type === 'failedToStart') {
      this.#kill(message);
    } else if (message.requestId === this.#pending?.requestId) {
      this.#pending.settle(
        message.type === 'returned' ? resultOf(message.resultJson) : failure(message),
      );
    }
  }

  #kill(reason: { errorType: string; errorMessage: string }): void {
    this.isAlive = false;
    this.#pending?.settle(failure(reason));
    void this.#worker.terminate();
  }

  #exit(code: number): void {
    this.isAlive = false;
    const crash = this.#crash;
    if (crash !== undefined) this.#printed += `${crash.stack ?? crash.message}\n`;
    this.#pending?.settle(failure(crash === undefined ? exited(code) : thrown(crash)));
  }
}

const exited = (code: number) => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `Error: Runtime exited with error: exit status ${code}`,
});

const thrown = (crash: Error) => ({
  errorType: isOutOfMemory(crash) ? 'Runtime.OutOfMemory' : 'Unhandled',
  errorMessage: crash.message,
});

function failure({
  errorType,
  errorMessage,
}: {
  errorType: string;
  errorMessage: string;
}): Outcome {
  return { ok: false, errorType, errorMessage };
}

function resultOf(resultJson: string): Outcome {
  if (Buffer.byteLength(resultJson) > maxPayloadBytes) {
    return failure({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${maxPayloadBytes} bytes).`,
    });
  }
  return { ok: true, payload: JSON.parse(resultJson) as unknown };
}

function isOutOfMemory(error: Error | undefined): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
