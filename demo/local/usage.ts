import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalRoutes } from '@seenby/local-cloud';
import type { ConsumedUnits } from '@seenby/local-cloud/dynamodb/consumed-units.ts';
import { urlOf } from '@seenby/local-cloud/gateway/request-values.ts';
import { respondJson } from '@seenby/local-cloud/gateway/respond.ts';

/** `GET /dev/usage` answers the capacity units that all functions have taken since the start. */
export const usageRoute = (consumedUnits: () => Promise<ConsumedUnits>): LocalRoutes => ({
  async handle(request: IncomingMessage, response: ServerResponse) {
    if (request.method !== 'GET' || urlOf(request)?.pathname !== '/dev/usage') return false;
    respondJson(response, 200, await consumedUnits());
    return true;
  },
});
