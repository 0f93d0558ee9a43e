import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a child process can be asked to do; inputs and results travel as copies. */
export type Commands = Record<string, (input: never) => Promise<unknown>>;

interface Call {
  id: number;
  name: string;
  input: unknown;
}

type Result = { id: number } & ({ value: unknown } | { error: string });

/** A process that does what it is asked, and ends with this one. */
export interface Child<C extends Commands> {
  pid: number;
  /** Rejects when the command fails, or the process ends first. */
  call<K extends keyof C & string>(
    name: K,
    ...input: Parameters<C[K]>
  ): Promise<Awaited<ReturnType<C[K]>>>;
  /** Lets it end in order. */
  stop(): Promise<void>;
  /** SIGKILL: nothing in it gets to run again. */
  kill(): Promise<void>;
}

/** Runs a file that calls `serveCommands` in a process of its own. */
export function startChild<C extends Commands>(file: URL): Child<C> {
  // Not with the flags of this process: a test runner's are not for others.
  const child = fork(fileURLToPath(file), { execArgv: [], serialization: 'advanced' });
  const pending = new Map<number, (result: Result) => void>();
  child.on('message', (result: Result) => pending.get(result.id)?.(result));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      for (const [id, settle] of pending) settle({ id, error: `ended (${signal ?? code})` });
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    call: (name, ...[input]) => callChild(child, pending, name, input) as Promise<never>,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

let lastId = 0;

function callChild(
  child: ChildProcess,
  pending: Map<number, (result: Result) => void>,
  name: string,
  input: unknown,
): Promise<unknown> {
  const call: Call = { id: ++lastId, name, input };
  return new Promise((resolve, reject) => {
    pending.set(call.id, (result) => {
      pending.delete(call.id);
      if ('error' in result) reject(new Error(`${name}: ${result.error}`));
      else resolve(result.value);
    });
    if (child.connected) child.send(call);
    else pending.get(call.id)?.({ id: call.id, error: 'the process has ended' });
  });
}

/** The child's side. When the parent is gone, however it ended, `close` runs and the process ends. */
export function serveCommands(commands: Commands, close: () => Promise<unknown>): void {
  process.on('message', async ({ id, name, input }: Call) => {
    const result = await run(commands, name, input);
    if (process.connected) process.send?.({ id, ...result });
  });
  process.once('disconnect', () => {
    close().finally(() => process.exit());
  });
}

async function run(commands: Commands, name: string, input: unknown) {
  try {
    const command = commands[name] as ((input: unknown) => Promise<unknown>) | undefined;
    if (!command) throw new Error('no such command');
    return { value: await command(input) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
