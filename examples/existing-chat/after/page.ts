import { SeenbyClient } from '@seenby/client';
import { trackReads } from '@seenby/client/dom';
import { provideClient } from '@seenby/client/elements';
import type { Message, Room } from './database.ts';

const find = <T extends HTMLElement>(selector: string, within: ParentNode = document) =>
  within.querySelector(selector) as T;
const list = find('ol');
const seenby = new SeenbyClient({
  url: 'ws://localhost:3001',
  httpUrl: 'http://localhost:3000',
  getToken: async () => (await fetch('/seenby/token')).text(),
});
provideClient(seenby);

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(path, { method, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(await response.text());
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Puts a message on the page, or changes the one that is there. */
function show(message: Message): void {
  const item = document.getElementById(message.id) ?? newItem();
  item.id = message.id;
  find('b', item).textContent = message.userName;
  find('span', item).textContent = message.text;
  item.dataset.seq = String(message.seq);
  Object.assign(find('seenby-read-by', item), { groupId: message.roomId, seq: message.seq });
  item.scrollIntoView();
}

function newItem(): HTMLElement {
  const { content } = find<HTMLTemplateElement>('#message');
  return list.appendChild(document.importNode(content, true).firstElementChild as HTMLElement);
}

function toLink(room: Room): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = `/?room=${room.id}`;
  link.textContent = room.name;
  link.append(' ', Object.assign(document.createElement('seenby-badge'), { groupId: room.id }));
  return link;
}

/** Hands what was written in a form to `take`. */
function onSubmit(selector: string, take: (text: string) => Promise<unknown>): void {
  const form = find<HTMLFormElement>(selector);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const [text] = new FormData(form).values();
    form.reset();
    await take(String(text));
  });
}

async function openRoom(room: Room): Promise<void> {
  await call('POST', `/rooms/${room.id}/join`);
  onSubmit('#composer', (text) => call('POST', `/rooms/${room.id}/messages`, { text }));
  find('#leave').addEventListener('click', async () => {
    await call('POST', `/rooms/${room.id}/leave`);
    location.assign('/');
  });
  find('section').hidden = false;
  await showMessages(room);
  const group = seenby.group(room.id);
  trackReads(group, list);
  await Promise.all([group.subscribe(), group.history()]).catch(console.error);
}

/** Opens the socket first: what is written meanwhile is shown after what was there. */
async function showMessages(room: Room): Promise<void> {
  const socket = new WebSocket(`ws://${location.host}/socket`);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const shown = call<Message[]>('GET', `/rooms/${room.id}/messages`).then((all) =>
    all.forEach(show),
  );
  socket.addEventListener('message', async ({ data }) => {
    await shown;
    const message: Message = JSON.parse(data);
    if (message.roomId === room.id) show(message);
  });
  await shown;
}

async function start(): Promise<void> {
  seenby.connect().catch(console.error);
  list.addEventListener('seenby-open', ({ detail }) => {
    Object.assign(find('seenby-readers'), detail, { hidden: false });
  });
  const rooms = await call<Room[]>('GET', '/rooms');
  find('main').hidden = false;
  find('nav').append(...rooms.map(toLink));
  onSubmit('#new-room', async (name) => {
    location.assign(toLink(await call('POST', '/rooms', { name })).href);
  });
  const room = rooms.find(({ id }) => id === new URLSearchParams(location.search).get('room'));
  if (room) await openRoom(room);
}

if ((await fetch('/session')).ok) await start();
else {
  find('#sign-in').hidden = false;
  onSubmit('#sign-in', async (name) => {
    await call('POST', '/session', { name });
    location.reload();
  });
}
