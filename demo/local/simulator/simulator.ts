import type { IncomingMessage, ServerResponse } from 'node:http';
import { urlOf } from '@seenby/local-cloud/gateway/request-values.ts';
import { respondJson } from '@seenby/local-cloud/gateway/respond.ts';
import { forward } from './forward.ts';
import { type SimulatorProcess, startSimulator } from './simulator-process.ts';

export interface SimulatorOptions {
  /** A script for Node; see `startSimulator` for what it has to do. */
  entry: string;
  httpUrl: string;
  wsUrl: string;
  logLine: (line: string) => void;
  startTimeoutMs?: number;
  stopGraceMs?: number;
}

const path = '/dev/simulator';

/** The simulator on the HTTP port of the local cloud: a process of its own, started when it is first asked for. */
export class Simulator {
  readonly #options: SimulatorOptions;
  #started: Promise<SimulatorProcess> | undefined;
  #isStopped = false;

  constructor(options: SimulatorOptions) {
    this.#options = options;
  }

  /** Hands over requests of the simulator's paths; false for any other, and the caller goes on. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { pathname = '' } = urlOf(request) ?? {};
    if (pathname !== path && !pathname.startsWith(`${path}/`)) return false;
    try {
      const { port } = await this.#running();
      await forward(request, response, port);
    } catch (cause) {
      refuse(response, cause);
    }
    return true;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const process = await this.#started?.catch(() => undefined);
    await process?.stop();
  }

  async #running(): Promise<SimulatorProcess> {
    if (this.#isStopped) throw new Error('The local cloud is stopping.');
    this.#started ??= this.#start();
    return this.#started;
  }

  async #start(): Promise<SimulatorProcess> {
    const forget = () => {
      this.#started = undefined;
    };
    try {
      const process = await startSimulator(this.#options);
      void process.ended.then(forget);
      return process;
    } catch (cause) {
      forget();
      throw cause;
    }
  }
}

function refuse(response: ServerResponse, cause: unknown): void {
  if (response.headersSent) return void response.destroy();
  const { message } = cause as Error;
  respondJson(response, 503, { error: { code: 'SIMULATOR_UNAVAILABLE', message } });
}
