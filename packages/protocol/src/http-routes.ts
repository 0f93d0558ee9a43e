import type * as z from 'zod/mini';
import { httpAnswers } from './http-answers.ts';
import {
  type HttpMethod,
  type HttpRequestSchemas,
  type HttpRoute,
  httpRequests,
  httpRoutes,
  pathParametersOf,
  type pathSchemas,
  splitRoute,
} from './http-requests.ts';

export interface HttpRouteDescription {
  route: HttpRoute;
  method: HttpMethod;
  /** With the names of its parameters in braces. */
  path: string;
  pathParameters: (keyof typeof pathSchemas)[];
  request: HttpRequestSchemas;
  /** By HTTP status, when the route does what was asked. */
  answers: Record<number, z.ZodMiniType>;
  about: string;
}

const about: Record<HttpRoute, string> = {
  'POST /groups': 'Makes a group. The caller is its owner.',
  'GET /groups/{groupId}': 'Settings and size of a group.',
  'PATCH /groups/{groupId}': 'Changes the settings of a group; by owner or admin.',
  'DELETE /groups/{groupId}': 'Deletes a group; by the owner. Answers it as it was.',
  'GET /groups/{groupId}/members': 'Lists the members in order of user id.',
  'POST /groups/{groupId}/members': 'Adds members; by owner or admin, admins by the owner.',
  'PATCH /groups/{groupId}/members/{userId}':
    'Gives a member a role below the caller’s own; `owner`, by the owner, hands the group over.',
  'DELETE /groups/{groupId}/members/{userId}':
    'Removes a member of a lower role; or the caller, unless they are the owner.',
  'GET /groups/{groupId}/messages': 'A page of messages, ascending by seq.',
  'POST /groups/{groupId}/messages':
    'Sends a message: 201, or 200 when the clientMessageId is known already.',
  'DELETE /groups/{groupId}/messages/{seq}': 'Recalls a message; by its sender, an admin or owner.',
  'GET /groups/{groupId}/messages/{seq}/receipts':
    'Lists who of a message’s audience has it, has read it, or has not, with times.',
  'POST /groups/{groupId}/messages/{seq}/remind':
    'Reminds those who have not read a message, or some of them; by its sender, an admin or owner, once in 5 minutes.',
  'POST /groups/{groupId}/read': 'Marks messages as read.',
  'POST /groups/{groupId}/delivered': 'Marks messages as delivered.',
  'POST /groups/{groupId}/unread': 'Puts the caller’s own badge back to a message.',
  'GET /groups/{groupId}/receipts': 'Counts of up to 1,000 messages.',
  'GET /groups/{groupId}/positions':
    'Up to where each member has read and received, in order of user id; for who may see all receipts.',
  'GET /groups/{groupId}/stats':
    'How a group reads, in total and by day; 31 days at most, by default the last seven.',
  'GET /groups/{groupId}/stats/members':
    'How each member reads what others write, in order of user id; for the owner and admins.',
  'GET /me/unread': 'All groups of the caller with their badges, the most recently active first.',
  'POST /me/read': 'Marks messages of several groups as read.',
  'GET /me/sync': 'What has changed since the token `since` was given out.',
  'GET /me/stats': 'How the caller read in the last 30 days.',
  'GET /me/settings': 'The settings of the caller.',
  'PUT /me/settings': 'Changes the settings of the caller; they hold for direct chats.',
  'PUT /me/profile':
    'Chooses how the caller is shown to others, instead of what their tokens say; nothing chooses that again.',
  'POST /groups/{groupId}/notifications':
    'Pushes `system_notification` to connected members, or to some of them; by service tokens.',
  'DELETE /users/{userId}':
    'Erases a user: messages and receipts stay under a pseudonym; by service tokens, again until nothing remains.',
  'PUT /users/{userId}': 'The same as `PUT /me/profile` for any user; by service tokens.',
};

/** Every route with all that is agreed of it. */
export const httpRouteTable: readonly HttpRouteDescription[] = httpRoutes.map((route) => ({
  route,
  ...splitRoute(route),
  pathParameters: pathParametersOf(route),
  request: httpRequests[route],
  answers: httpAnswers[route],
  about: about[route],
}));
