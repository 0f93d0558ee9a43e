import type { Reader } from '../../live/readers.ts';
import { h } from '../base/dom.ts';
import { faceOf } from '../people/face.ts';
import { nameOf } from '../people/person.ts';
import type { Texts } from '../text/texts.ts';
import { duration, exactTime } from '../text/times.ts';
import type { ReaderTab } from './reader-tabs.ts';

export const rowHeightPx = 52;

/** One member of a tab: when, to the millisecond, and how long after the message was sent. */
export function readerRow(
  reader: Reader,
  { tab, sentAt, texts }: { tab: ReaderTab; sentAt: number | undefined; texts: Texts },
): HTMLElement {
  const name = h('span', { class: 'name', part: 'name', dir: 'auto' }, nameOf(reader));
  const row = h(
    'li',
    { part: 'row', 'data-user': reader.userId, 'data-left': reader.left && '' },
    faceOf(reader),
    reader.left ? h('span', { class: 'who' }, name, h('small', {}, texts.hasLeft)) : name,
    h('span', { class: 'when' }, ...timesOf(reader, tab, texts)),
  );
  const at = tab === 'read' ? reader.readAt : reader.deliveredAt;
  if (tab !== 'notYet' && at !== null && sentAt !== undefined) {
    row.append(h('span', { class: 'delay' }, `+${duration(Math.max(0, at - sentAt), texts)}`));
  }
  return row;
}

function timesOf(reader: Reader, tab: ReaderTab, texts: Texts): (HTMLElement | string)[] {
  if (tab === 'notYet') return [texts.notDelivered];
  const at = tab === 'read' ? reader.readAt : reader.deliveredAt;
  const label = tab === 'read' ? texts.readAt : texts.deliveredAt;
  if (at === null) return [texts.timeUnknown];
  const { playedAt } = reader;
  const played =
    typeof playedAt === 'number' ? [` · ${texts.playedAt} `, timeOf(playedAt, texts)] : [];
  return [h('span', { class: 'only-spoken' }, `${label} `), timeOf(at, texts), ...played];
}

const timeOf = (at: number, { locale }: Texts): HTMLElement =>
  h('time', { part: 'time', datetime: new Date(at).toISOString() }, exactTime(at, locale));
