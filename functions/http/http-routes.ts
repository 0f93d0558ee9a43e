import type { HttpRoute } from '../../protocol/routes.ts';
import { groupRoutes } from './group-routes.ts';
import { meRoutes } from './me-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { receiptRoutes } from './receipt-routes.ts';
import type { Route } from './route.ts';

/** What each HTTP route does. */
export const httpHandlers: Record<HttpRoute, Route> = {
  ...groupRoutes,
  ...messageRoutes,
  ...receiptRoutes,
  ...meRoutes,
};
