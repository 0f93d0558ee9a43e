import { type GroupHandle, type ReceiptLine, SeenbyError } from '@seenby/client';
import { useEffect, useState } from 'react';
import { type ReaderLines, withReceipt } from './reader-lines.ts';

const pageLimit = 500;
/** Counts may change every moment; the list behind them is asked for no more often than this. */
const reloadMs = 2000;

export interface Readers {
  readonly lines: ReaderLines;
  readonly isHidden: boolean;
}

/**
 * Who has a message, and has read it. Receipts of own messages are pushed with name and time and
 * show at once; of other people's messages only counts are pushed, and the list is asked for again.
 */
export function useReaders(group: GroupHandle, seq: number): Readers {
  const [readers, setReaders] = useState<Readers>({ lines: new Map(), isHidden: false });
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      timer = undefined;
      const loaded = await loadLines(group, seq).catch(unlessPassing);
      if (loaded && !isOver) setReaders(loaded);
    };
    const reload = () => {
      timer ??= setTimeout(load, reloadMs);
    };
    void load();
    const ends = [
      group.on('members', reload),
      group.on('receipt', ({ ranges, receipts }) => {
        if (!ranges.some(({ from, to }) => seq >= from && seq <= to)) return;
        setReaders((before) => ({
          ...before,
          lines: receipts.reduce((lines, each) => withReceipt(lines, seq, each), before.lines),
        }));
        if (receipts.length === 0) reload();
      }),
    ];
    return () => {
      isOver = true;
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [group, seq]);
  return readers;
}

async function loadLines(group: GroupHandle, seq: number): Promise<Readers> {
  const loaded = new Map<string, ReceiptLine>();
  let cursor: string | undefined;
  do {
    const page = await group.listReaders(seq, { limit: pageLimit, ...(cursor && { cursor }) });
    for (const line of page.members) loaded.set(line.userId, line);
    cursor = page.next ?? undefined;
  } while (cursor);
  return { lines: loaded, isHidden: false };
}

/** What is forbidden stays so; anything else is tried again with the next change. */
function unlessPassing(cause: unknown): Readers | undefined {
  const isHidden = cause instanceof SeenbyError && cause.code === 'FORBIDDEN';
  return isHidden ? { lines: new Map(), isHidden } : undefined;
}
