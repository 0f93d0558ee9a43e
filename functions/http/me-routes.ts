import {
  markManySchema,
  nothingSchema,
  settingsSchema,
  syncQuerySchema,
} from '../../protocol/http-requests.ts';
import { done } from '../outcome.ts';
import { listUnread } from '../use-cases/list-unread.ts';
import { type MarkRequest, markMessages, requestsFor } from '../use-cases/mark-messages.ts';
import { readOwnStatistics } from '../use-cases/read-own-statistics.ts';
import { syncChanges } from '../use-cases/sync-changes.ts';
import { bodyOf, queryOf } from './input.ts';
import { toReadResult } from './receipt-routes.ts';
import { answer, type Routes } from './route.ts';

/** The caller across all their groups. */
export const meRoutes = {
  async 'GET /me/unread'(context) {
    const input = queryOf(nothingSchema, context);
    if (!input.ok) return input;
    return done({ body: await listUnread(context.service, context.caller.userId, 'strong') });
  },

  async 'POST /me/read'(context) {
    const input = bodyOf(markManySchema, context);
    if (!input.ok) return input;
    const { positions, messageIds } = input.value;
    const requests = positions ? highest(positions) : requestsFor(messageIds ?? []);
    const marked = await markMessages(context.service, context.caller, 'read', requests);
    if (!marked.ok) return marked;
    return done({ body: { groups: marked.value.map(toReadResult) } }, marked.pushes);
  },

  async 'GET /me/sync'(context) {
    const input = queryOf(syncQuerySchema, context);
    if (!input.ok) return input;
    const { service, cursors, caller } = context;
    return answer(await syncChanges(service, cursors, caller, input.value.since));
  },

  async 'GET /me/stats'(context) {
    const input = queryOf(nothingSchema, context);
    if (!input.ok) return input;
    return done({ body: await readOwnStatistics(context.service, context.caller.userId) });
  },

  async 'GET /me/settings'(context) {
    const input = queryOf(nothingSchema, context);
    if (!input.ok) return input;
    return done({ body: await context.service.settings.get(context.caller.userId) });
  },

  async 'PUT /me/settings'(context) {
    const input = bodyOf(settingsSchema, context);
    if (!input.ok) return input;
    await context.service.settings.put(context.caller.userId, input.value);
    return done({ body: input.value });
  },
} satisfies Routes;

/** A group named twice is marked once, up to the higher position. */
function highest(positions: readonly { groupId: string; upTo: number }[]): MarkRequest[] {
  const byGroup = new Map<string, number>();
  for (const { groupId, upTo } of positions) {
    byGroup.set(groupId, Math.max(upTo, byGroup.get(groupId) ?? 0));
  }
  return [...byGroup].map(([groupId, upTo]) => ({ groupId, upTo }));
}
