import type { HttpRoute } from '@seenby/protocol/http-requests.ts';
import { type Budget, budgets } from './budget.ts';

/** The budget of every HTTP route: without one there is no route. */
export const requestBudgets: Record<HttpRoute, Budget> = {
  'POST /groups': budgets.groups,
  'GET /groups/{groupId}': budgets.counts,
  'PATCH /groups/{groupId}': budgets.administration,
  'DELETE /groups/{groupId}': budgets.administration,
  'GET /groups/{groupId}/members': budgets.counts,
  'POST /groups/{groupId}/members': budgets.administration,
  'PATCH /groups/{groupId}/members/{userId}': budgets.administration,
  'DELETE /groups/{groupId}/members/{userId}': budgets.administration,
  'GET /groups/{groupId}/messages': budgets.counts,
  'POST /groups/{groupId}/messages': budgets.actions,
  'DELETE /groups/{groupId}/messages/{seq}': budgets.recalls,
  'GET /groups/{groupId}/messages/{seq}/receipts': budgets.counts,
  'POST /groups/{groupId}/messages/{seq}/remind': budgets.reminders,
  'POST /groups/{groupId}/read': budgets.actions,
  'POST /groups/{groupId}/delivered': budgets.actions,
  'POST /groups/{groupId}/unread': budgets.actions,
  'GET /groups/{groupId}/receipts': budgets.counts,
  'GET /groups/{groupId}/positions': budgets.counts,
  'GET /groups/{groupId}/stats': budgets.statistics,
  'GET /groups/{groupId}/stats/members': budgets.statistics,
  'GET /me/unread': budgets.overviews,
  'POST /me/read': budgets.counts,
  'GET /me/sync': budgets.overviews,
  'GET /me/stats': budgets.statistics,
  'GET /me/settings': budgets.lookUps,
  'PUT /me/settings': budgets.lookUps,
  'PUT /me/profile': budgets.lookUps,
};
