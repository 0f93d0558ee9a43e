import { randomUUID } from 'node:crypto';
import { serve, upgradeWebSocket, type WebSocketServerLike } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { verifyEvent } from '@seenby/server';
import { Hono } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { WebSocketServer } from 'ws';
import * as database from './database.ts';
import { pushNotification } from './push-notification.ts';
import { readText } from './read-text.ts';
import { keepMembersInStep, postMessages, tokenOf } from './seenby.ts';
import { notifyAbsent, show, socketOf } from './sockets.ts';

const port = Number(process.env.PORT ?? 8080);
const cookieSecret = process.env.COOKIE_SECRET ?? randomUUID();
const app = new Hono<{ Variables: { user: database.User; room: database.Room } }>();

app.get('/', serveStatic({ path: 'index.html' }));
app.get('/page.js', serveStatic({ path: 'dist/page.js' }));

// It believes every name. Ask for a password here.
app.post('/session', async (c) => {
  const user = database.signIn(await readText(c, 'name'));
  await setSignedCookie(c, 'user', user.id, cookieSecret, { httpOnly: true, sameSite: 'Strict' });
  return c.json(user);
});

app.post('/seenby', async (c) => {
  const secret = process.env.WEBHOOK_SECRET ?? '';
  const result = verifyEvent(await c.req.text(), c.req.raw.headers, secret);
  if (result.outcome === 'refused') return c.text(result.message, 400);
  const { type, detail } = result.event;
  if (type === 'message.reminded') pushNotification(detail.notConnected, 'Please read a message');
  return c.body(null, 204);
});

app.use(async (c, next) => {
  const user = database.userOf((await getSignedCookie(c, cookieSecret, 'user')) || '');
  if (!user) return c.text('Sign in first.', 401);
  c.set('user', user);
  return next();
});

app.get('/session', (c) => c.json(c.get('user')));
app.get('/seenby/token', async (c) => c.text(await tokenOf(c.get('user'))));
app.get('/rooms', (c) => c.json(database.allRooms()));

app.post('/rooms', async (c) => {
  const room = database.makeRoom(await readText(c, 'name'), c.get('user').id);
  return c.json(room, 201);
});

app.use('/rooms/:id/*', async (c, next) => {
  const room = database.roomOf(c.req.param('id'));
  if (!room) return c.text('There is no such room.', 404);
  c.set('room', room);
  return next();
});

app.post('/rooms/:id/join', async (c) => {
  database.join(c.get('room').id, c.get('user').id);
  await keepMembersInStep(c.get('room')).catch(console.error);
  return c.body(null, 204);
});

app.post('/rooms/:id/leave', async (c) => {
  const { id, madeBy } = c.get('room');
  if (madeBy === c.get('user').id) return c.text('Who made a room stays in it.', 409);
  database.leave(id, c.get('user').id);
  await keepMembersInStep(c.get('room')).catch(console.error);
  return c.body(null, 204);
});

app.use('/rooms/:id/messages', async (c, next) => {
  const isMember = database.membersOf(c.get('room').id).some(({ id }) => id === c.get('user').id);
  return isMember ? next() : c.text('Join the room first.', 403);
});

app.get('/rooms/:id/messages', (c) => c.json(database.messagesIn(c.get('room').id)));

app.post('/rooms/:id/messages', async (c) => {
  const text = await readText(c, 'text');
  const message = database.addMessage(c.get('room').id, c.get('user').id, text);
  show(message);
  notifyAbsent(message);
  postMessages(message.roomId).catch(console.error);
  return c.json(message, 201);
});

const toSocket = upgradeWebSocket((c) => socketOf(c.get('user').id));
app.get('/socket', toSocket);

const server = new WebSocketServer({ noServer: true }) as WebSocketServerLike;
serve({ fetch: app.fetch, hostname: '127.0.0.1', port, websocket: { server } }, () =>
  console.log(`Open http://localhost:${port}`),
);
