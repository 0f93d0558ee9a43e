/** Every WebSocket route: the `type` of a client frame. Anything else reaches `$default`. */
export const socketRoutes = [
  'hello',
  'subscribe_group',
  'unsubscribe_group',
  'send_message',
  'mark_read',
  'mark_delivered',
  'mark_played',
  'mark_unread',
  'typing',
  'ping',
] as const;

export type SocketRoute = (typeof socketRoutes)[number];

/** Every HTTP route, as API Gateway names it in `routeKey`. Anything else reaches `$default`. */
export const httpRoutes = [
  'POST /groups',
  'GET /groups/{groupId}',
  'PATCH /groups/{groupId}',
  'DELETE /groups/{groupId}',
  'GET /groups/{groupId}/members',
  'POST /groups/{groupId}/members',
  'PATCH /groups/{groupId}/members/{userId}',
  'DELETE /groups/{groupId}/members/{userId}',
  'GET /groups/{groupId}/messages',
  'POST /groups/{groupId}/messages',
  'DELETE /groups/{groupId}/messages/{seq}',
  'GET /groups/{groupId}/messages/{seq}/receipts',
  'POST /groups/{groupId}/messages/{seq}/remind',
  'POST /groups/{groupId}/read',
  'POST /groups/{groupId}/delivered',
  'POST /groups/{groupId}/unread',
  'GET /groups/{groupId}/receipts',
  'GET /groups/{groupId}/stats',
  'GET /me/unread',
  'POST /me/read',
  'GET /me/sync',
  'GET /me/stats',
  'GET /me/settings',
  'PUT /me/settings',
] as const;

export type HttpRoute = (typeof httpRoutes)[number];
