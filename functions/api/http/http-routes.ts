import type { HttpRoute } from '@seenby/protocol/http-requests.ts';
import { budgets } from '../../limits/budget.ts';
import { requestBudgets } from '../../limits/request-budgets.ts';
import type { ResultWithPushes } from '../../push/recipients/push.ts';
import { overBudget } from '../../runtime/refusals.ts';
import { serviceItself } from '../../service/service.ts';
import { groupRoutes } from './group-routes.ts';
import type { HttpContext, RawInput } from './http-context.ts';
import { meRoutes } from './me-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { parseRequest } from './parse-request.ts';
import { receiptRoutes } from './receipt-routes.ts';
import type { Answer, Route } from './route.ts';
import { serviceRoutes } from './service-routes.ts';

/** What each HTTP route does. */
const routes: { [R in HttpRoute]: Route<R> } = {
  ...groupRoutes,
  ...messageRoutes,
  ...receiptRoutes,
  ...meRoutes,
  ...serviceRoutes,
};

/** Answers a request whose caller has something left of the route's budget; all backends have one for all routes. */
export async function runRoute(
  route: HttpRoute,
  context: HttpContext,
  raw: RawInput,
): Promise<ResultWithPushes<Answer>> {
  const { service, caller } = context;
  const taken = caller.isService
    ? await service.budgets.take(serviceItself.userId, budgets.services)
    : await service.budgets.take(caller.userId, requestBudgets[route]);
  if (taken.outcome === 'limited') return overBudget(taken.retryAfterMs);
  return answerRequest(route, context, raw);
}

/** Answers a request, whatever its caller has asked before. */
export async function answerRequest<R extends HttpRoute>(
  route: R,
  context: HttpContext,
  raw: RawInput,
): Promise<ResultWithPushes<Answer<R>>> {
  const input = parseRequest(route, raw);
  return input.ok ? routes[route](context, input.value) : input;
}
