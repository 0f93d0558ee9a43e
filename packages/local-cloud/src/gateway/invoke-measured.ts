import type { Functions, Invocation } from '../lambda/functions.ts';
import { type InvokeTarget, invokeTarget } from './definition/invoke-target.ts';
import { readProxyResult } from './proxy-result.ts';

/** The metrics of a WebSocket API, by CloudWatch's names. */
export type SocketMetric =
  | 'ClientError'
  | 'ConnectCount'
  | 'ExecutionError'
  | 'IntegrationError'
  | 'IntegrationLatency'
  | 'MessageCount';

export type MeasureSocket = (metric: SocketMetric, value: number) => void;

/** Calls the function behind a route and measures it, as the API's metrics do. */
export async function invokeMeasured(
  functions: Pick<Functions, 'invoke'>,
  target: InvokeTarget,
  event: unknown,
  measure: MeasureSocket,
): Promise<Invocation> {
  const startedAtMs = performance.now();
  const outcome = await invokeTarget(functions, target, event);
  measure('IntegrationLatency', Math.round(performance.now() - startedAtMs));
  const isRefused = target.refusedArn !== undefined;
  measure('ExecutionError', isRefused ? 1 : 0);
  measure('IntegrationError', !isRefused && hasFailed(outcome) ? 1 : 0);
  return outcome;
}

/** A function that ends in an error, or answers with a status that is one. */
function hasFailed(outcome: Invocation): boolean {
  return !outcome.ok || (readProxyResult(outcome.payload)?.statusCode ?? 200) >= 400;
}
