import type { FunctionSettings } from './function-settings.ts';
import { type Outcome, Sandbox, stopped } from './sandbox.ts';

export interface PooledOutcome {
  outcome: Outcome;
  coldStart: boolean;
  /** Time in the handler, loading and waiting not counted. */
  durationMs: number;
  lines: string[];
}

/** Undefined lets an invocation run to its end. */
export type CrashAfterMs = () => number | undefined;

/** The sandboxes of one function: grows on demand up to the cap, then events wait in line. */
export class SandboxPool {
  readonly #settings: FunctionSettings;
  readonly #cap: number;
  readonly #crashAfterMs: CrashAfterMs;
  readonly #all = new Set<Sandbox>();
  readonly #free: Sandbox[] = [];
  readonly #line: (() => void)[] = [];
  #running = 0;
  #isStopped = false;

  constructor(
    settings: FunctionSettings,
    cap: number,
    crashAfterMs: CrashAfterMs = () => undefined,
  ) {
    this.#settings = settings;
    this.#cap = cap;
    this.#crashAfterMs = crashAfterMs;
  }

  /** Never rejects. */
  async invoke(requestId: string, event: unknown): Promise<PooledOutcome> {
    if (this.#running >= this.#cap) await new Promise<void>((go) => this.#line.push(go));
    else this.#running++;
    try {
      return await this.#run(requestId, event);
    } finally {
      // The place in the cap goes to the first in line.
      const next = this.#line.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#all].map((sandbox) => sandbox.stop()));
  }

  async #run(requestId: string, event: unknown): Promise<PooledOutcome> {
    if (this.#isStopped) {
      return { outcome: { ok: false, ...stopped }, coldStart: false, durationMs: 0, lines: [] };
    }
    const warm = this.#takeFree();
    const sandbox = warm ?? this.#create();
    const started = warm === undefined ? await sandbox.start() : undefined;
    const startedAtMs = performance.now();
    const crashAfterMs = this.#crashAfterMs();
    const crash =
      crashAfterMs === undefined ? undefined : setTimeout(() => sandbox.crash(), crashAfterMs);
    const outcome = started?.ok === false ? started : await sandbox.invoke(requestId, event);
    clearTimeout(crash);
    const durationMs = performance.now() - startedAtMs;
    const lines = sandbox.takeLines();
    if (sandbox.isAlive) this.#free.push(sandbox);
    else this.#all.delete(sandbox);
    return { outcome, coldStart: warm === undefined, durationMs, lines };
  }

  #create(): Sandbox {
    const sandbox = new Sandbox(this.#settings);
    this.#all.add(sandbox);
    return sandbox;
  }

  /** The one used last, as Lambda does, so that few stay warm. One may have crashed while idle. */
  #takeFree(): Sandbox | undefined {
    for (;;) {
      const sandbox = this.#free.pop();
      if (sandbox === undefined || sandbox.isAlive) return sandbox;
      this.#all.delete(sandbox);
    }
  }
}
