import type { ClientFrame, SocketRoute } from '@seenby/protocol/client-frames.ts';
import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import { budgets } from '../../limits/budget.ts';
import { frameBudgets } from '../../limits/frame-budgets.ts';
import { doneWithPushes, type ResultWithPushes } from '../../push/recipients/push.ts';
import { overBudget } from '../../runtime/refusals.ts';
import { frameRoutes } from './frame-routes.ts';
import type { ParsedFrame } from './parse-frame.ts';
import type { SocketContext } from './socket-context.ts';

type Replies = ResultWithPushes<ServerFrame[]>;

/** Answers a frame whose sender has something left of its budget. */
export async function runFrame(
  context: SocketContext,
  frame: ParsedFrame['frame'],
): Promise<Replies> {
  if (frame.ok) return runRoute(context, frame.value);
  const { service, caller } = context;
  const taken = await service.budgets.take(caller.userId, budgets.unreadable);
  // Who goes on sending frames that cannot be read gets no more answers.
  return taken.outcome === 'limited' ? doneWithPushes([]) : frame;
}

async function runRoute<T extends SocketRoute>(
  context: SocketContext,
  frame: ClientFrame<T> & { type: T },
): Promise<Replies> {
  const { service, caller } = context;
  const { budget, cost, isSilent } = frameBudgets[frame.type];
  const taken = await service.budgets.take(caller.userId, budget, cost?.(frame) ?? 1);
  if (taken.outcome === 'allowed') return frameRoutes[frame.type](context, frame);
  return isSilent ? doneWithPushes([]) : overBudget(taken.retryAfterMs);
}
