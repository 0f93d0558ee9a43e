import type { ShownMessage } from '@seenby/client';
import { trackReads } from '@seenby/client/dom';
import { provideClient } from '@seenby/client/elements';
import { connect } from './connect.ts';

const find = <K extends keyof HTMLElementTagNameMap>(tag: K, within: ParentNode = document) =>
  within.querySelector(tag) as HTMLElementTagNameMap[K];

const client = await connect();
provideClient(client);
const group = client.group('office');
const list = find('ol');
const aside = find('aside');
/** By `clientMessageId`. */
const items = new Map<string, HTMLElement>();

function newItem(message: ShownMessage): HTMLElement {
  const item = find('li', document.importNode(find('template').content, true));
  const isOwn = message.senderId === client.userId;
  item.classList.toggle('own', isOwn);
  find('b', item).textContent = isOwn ? '' : message.senderId;
  find('seenby-ticks', item).hidden = !isOwn;
  items.set(message.clientMessageId, item);
  return item;
}

/** A message is sent some time after it is shown. Only then has it a seq. */
function toItem(message: ShownMessage): HTMLElement {
  const item = items.get(message.clientMessageId) ?? newItem(message);
  const isSent = message.state === 'sent';
  find('p', item).textContent = isSent && message.recalled ? 'Recalled' : message.content;
  find('seenby-ticks', item).message = message;
  if (isSent) {
    item.dataset.seq = String(message.seq);
    for (const tag of ['seenby-read-by', 'seenby-facepile'] as const) {
      find(tag, item).seq = message.seq;
    }
  }
  return item;
}

find('form').addEventListener('submit', (event) => {
  event.preventDefault();
  void group.send(String(new FormData(find('form')).get('text')));
  find('form').reset();
});
list.addEventListener('seenby-open', ({ detail }) => {
  find('seenby-readers').seq = detail.seq;
  aside.hidden = false;
});
find('button', aside).addEventListener('click', () => {
  aside.hidden = true;
});

find('main').hidden = false;
const draw = () => list.replaceChildren(...group.messages.map(toItem));
group.subscribeState(draw);
await group.subscribe();
await group.history();
trackReads(group, list);
