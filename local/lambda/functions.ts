import { randomUUID } from 'node:crypto';
import type { Template } from '../template/template.ts';
import { readFunctionSettings } from './function-settings.ts';
import { type CrashAfterMs, SandboxPool } from './sandbox-pool.ts';

export type Invocation =
  | { ok: true; payload: unknown; durationMs: number }
  | { ok: false; errorType: string; errorMessage: string; durationMs: number };

export interface Functions {
  /** Never rejects. Takes a free sandbox, or starts one, or waits when the cap is reached. */
  invoke(logicalId: string, event: unknown): Promise<Invocation>;
  names(): string[];
  stop(): Promise<void>;
}

export type InvocationLog = (entry: {
  functionName: string;
  requestId: string;
  durationMs: number;
  error?: string;
  coldStart: boolean;
  /** What it printed. */
  lines: string[];
}) => void;

/** The template's Lambdas. Throws TemplateError if one cannot be run. */
export function createFunctions(options: {
  template: Template;
  /** Applied to every declared environment value after resolution. */
  rewrite: (value: string) => string;
  /** Added to every sandbox's environment; wins over what is declared. */
  environment: Record<string, string>;
  /** Sandboxes per function at most; default 10. */
  concurrency?: number;
  /** Asked at every invocation: after how many milliseconds its sandbox dies, if it does. */
  crashAfterMs?: CrashAfterMs;
  log: InvocationLog;
}): Functions {
  const { template, rewrite, environment, concurrency = 10, crashAfterMs, log } = options;
  const pools = new Map<string, { functionName: string; pool: SandboxPool }>();
  for (const settings of readFunctionSettings(template, rewrite, environment)) {
    const { logicalId, functionName } = settings;
    pools.set(logicalId, {
      functionName,
      pool: new SandboxPool(settings, concurrency, crashAfterMs),
    });
  }
  return {
    async invoke(logicalId, event) {
      const found = pools.get(logicalId);
      if (found === undefined) return functionNotFound(logicalId);
      const requestId = randomUUID();
      const { outcome, coldStart, durationMs, lines } = await found.pool.invoke(requestId, event);
      const { functionName } = found;
      const error = outcome.ok ? {} : { error: `${outcome.errorType}: ${outcome.errorMessage}` };
      log({ functionName, requestId, durationMs, coldStart, lines, ...error });
      return { ...outcome, durationMs };
    },
    names: () => [...pools.keys()],
    async stop() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.stop()));
    },
  };
}

function functionNotFound(logicalId: string): Invocation {
  return {
    ok: false,
    errorType: 'ResourceNotFoundException',
    errorMessage: `Function not found: ${logicalId}`,
    durationMs: 0,
  };
}
