import type { GroupHandle } from '@seenby/client';
import { useGroupState, useReceipt } from '@seenby/client/react';
import { Download } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { IconButton } from '../shell/icon-button.tsx';
import { useTexts } from '../text/language.tsx';
import { duration } from '../text/times.ts';

import { linesOf, matching, type ReaderTab } from './reader-lines.ts';
import { ReaderList } from './reader-list.tsx';
import { ReaderTabs } from './reader-tabs.tsx';
import { readingTimes } from './reading-times.ts';
import { RemindButton } from './remind-button.tsx';
import { saveFile } from './save-file.ts';
import { toCsv } from './to-csv.ts';
import { type Readers, useReaders } from './use-readers.ts';

const ReadingCurve = lazy(() => import('./reading-curve.tsx'));

export interface ReceiptPanelProps {
  group: GroupHandle;
  seq: number;
}

/** Who has read a message, who has it, and who has not read it, with the times; live. */
export default function ReceiptPanel({ group, seq }: ReceiptPanelProps) {
  const texts = useTexts();
  const { messages } = useGroupState(group);
  const readers = useReaders(group, seq);
  const message = messages.find((each) => each.state === 'sent' && each.seq === seq);
  return (
    <>
      <blockquote dir="auto">
        {message?.messageType === 'voice' ? texts.voice.message : message?.content}
      </blockquote>
      {readers.isHidden ? (
        <p>{texts.hidden}</p>
      ) : (
        <Receipts {...{ group, seq, readers }} createdAt={message?.createdAt ?? 0} />
      )}
    </>
  );
}

interface ReceiptsProps {
  group: GroupHandle;
  seq: number;
  readers: Readers;
  createdAt: number;
}

function Receipts({ group, seq, readers: { lines }, createdAt }: ReceiptsProps) {
  const texts = useTexts();
  const receipt = useReceipt(group, seq);
  const [tab, setTab] = useState<ReaderTab>('read');
  const [search, setSearch] = useState('');
  const shown = useMemo(() => matching(linesOf(lines, tab), search), [lines, tab, search]);
  const times = useMemo(() => readingTimes(lines.values(), createdAt), [lines, createdAt]);
  const counts = receipt?.others;
  return (
    <>
      {times.delaysMs.length > 0 && (
        <figure aria-label={texts.readingOverTime}>
          <Suspense>
            <ReadingCurve delaysMs={times.delaysMs} label={texts.readingOverTime} />
          </Suspense>
          <figcaption>
            {texts.median} <b data-figure="median">{duration(times.medianMs ?? 0)}</b> · {texts.p95}{' '}
            <b data-figure="p95">{duration(times.p95Ms ?? 0)}</b>
          </figcaption>
        </figure>
      )}
      <ReaderTabs tab={tab} counts={counts} onChoose={setTab} />
      <div className="panel-tools">
        <input
          type="search"
          aria-label={texts.searchPeople}
          placeholder={texts.searchPeople}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <IconButton
          icon={Download}
          label={texts.downloadCsv}
          onClick={() => saveFile(`receipts-${seq}.csv`, 'text/csv', toCsv(lines.values()))}
        />
      </div>
      <ReaderList lines={shown} tab={tab} />
      <RemindButton group={group} seq={seq} unread={counts?.unread ?? 0} />
    </>
  );
}
