import { randomUUID } from 'node:crypto';
import type { Template } from '../template/template.ts';
import { Concurrency } from './concurrency.ts';
import { readFunctionSettings } from './function-settings.ts';
import { throttled } from './refused-invocations.ts';
import { type CrashAfterMs, SandboxPool } from './sandbox-pool.ts';

export type Invocation =
  | { ok: true; payload: unknown; durationMs: number }
  | { ok: false; errorType: string; errorMessage: string; durationMs: number };

/** Sandboxes per function at most. */
export const defaultConcurrency = 10;

type Named = { functionName: string; logGroupName: string };

export interface Functions {
  /** Never rejects. Takes a free sandbox, or starts one, or waits when the cap is reached. */
  invoke(logicalId: string, event: unknown): Promise<Invocation>;
  names(): string[];
  stop(): Promise<void>;
}

export type InvocationLog = (entry: {
  functionName: string;
  logGroupName: string;
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
  /** Sandboxes per function at most; `defaultConcurrency` unless given. */
  concurrency?: number;
  /** Invocations of all functions at a time, before Lambda throttles; no limit unless given. */
  concurrentExecutions?: number;
  /** Asked at every invocation: after how many milliseconds its sandbox dies, if it does. */
  crashAfterMs?: CrashAfterMs;
  log: InvocationLog;
}): Functions {
  const { template, rewrite, environment, crashAfterMs, log } = options;
  const { concurrency = defaultConcurrency } = options;
  const executions = createConcurrency(template, options.concurrentExecutions);
  const pools = new Map<string, { named: Named; pool: SandboxPool }>();
  for (const settings of readFunctionSettings(template, rewrite, environment)) {
    const { logicalId, functionName, logGroupName } = settings;
    pools.set(logicalId, {
      named: { functionName, logGroupName },
      pool: new SandboxPool(settings, concurrency, crashAfterMs),
    });
  }
  return {
    async invoke(logicalId, event) {
      const found = pools.get(logicalId);
      if (found === undefined) return functionNotFound(logicalId);
      const requestId = randomUUID();
      if (!executions.begin(logicalId)) {
        const error = `${throttled.errorType}: ${throttled.errorMessage}`;
        log({ ...found.named, requestId, durationMs: 0, coldStart: false, lines: [], error });
        return { ok: false, ...throttled, durationMs: 0 };
      }
      const { outcome, coldStart, durationMs, lines } = await found.pool.invoke(requestId, event);
      executions.end(logicalId);
      const error = outcome.ok ? {} : { error: `${outcome.errorType}: ${outcome.errorMessage}` };
      log({ ...found.named, requestId, durationMs, coldStart, lines, ...error });
      return { ...outcome, durationMs };
    },
    names: () => [...pools.keys()],
    async stop() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.stop()));
    },
  };
}

function createConcurrency(template: Template, ofAccount: number | undefined): Concurrency {
  if (ofAccount === undefined) return new Concurrency(Number.POSITIVE_INFINITY, new Map());
  const reserved = template
    .resources<{ ReservedConcurrentExecutions?: number }>('AWS::Lambda::Function')
    .flatMap(({ logicalId, properties: { ReservedConcurrentExecutions: share } }) =>
      share === undefined ? [] : [[logicalId, share] as const],
    );
  return new Concurrency(ofAccount, new Map(reserved));
}

function functionNotFound(logicalId: string): Invocation {
  return {
    ok: false,
    errorType: 'ResourceNotFoundException',
    errorMessage: `Function not found: ${logicalId}`,
    durationMs: 0,
  };
}
