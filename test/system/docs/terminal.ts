import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** A terminal of the walk-through: a shell that keeps its variables, and a connection. */
export class Terminal {
  readonly #variables: Record<string, string> = {};
  readonly #frames: unknown[] = [];
  readonly #seen = new Set<string>();
  #socket: WebSocket | undefined;
  #arrived: () => void = () => {};

  /** What the command prints. Ends the connection first, as Ctrl-C would. */
  async run(command: string): Promise<string> {
    this.close();
    const [, variable] = /^(\w+)=/.exec(command) ?? [];
    if (variable === undefined) return this.#shell(command);
    this.#variables[variable] = await this.#shell(`${command}; printf %s "$${variable}"`);
    return '';
  }

  /** Connects to an address as the shell reads it. */
  async connect(address: string): Promise<void> {
    const socket = new WebSocket(await this.#shell(`printf %s ${address}`));
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(String(data)));
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`No connection to ${address}`)));
    });
  }

  send(frame: string): void {
    if (!this.#socket) throw new Error('Sent before connecting');
    this.#socket.send(frame);
  }

  /** The next frame of the same type and fields; undefined if none comes in time. */
  async take(alike: unknown, timeoutMs: number): Promise<unknown> {
    const giveUp = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const place = this.#frames.findIndex((frame) => outline(frame) === outline(alike));
      if (place >= 0) return this.#frames.splice(place, 1)[0];
      if (giveUp.aborted) return undefined;
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
        giveUp.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  /** Frames that came and were not taken. */
  get left(): readonly unknown[] {
    return this.#frames;
  }

  /** A post that took too long is made again: the very same frame twice is no lie. */
  #receive(data: string): void {
    if (this.#seen.has(data)) return;
    this.#seen.add(data);
    this.#frames.push(JSON.parse(data));
    this.#arrived();
  }

  close(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }

  async #shell(command: string): Promise<string> {
    const env = { ...process.env, ...this.#variables };
    return (await runFile('bash', ['-c', command], { env })).stdout;
  }
}

const outline = (frame: unknown): string => {
  const { type, ...fields } = frame as { type: string };
  return [type, ...Object.keys(fields).sort()].join(' ');
};
