import { type GroupHandle, type ReceiptLine, SeenbyError } from '@seenby/client';
import { useEffect, useState } from 'react';
import { hasAllOf, type ReaderLines, withReceipt } from './reader-lines.ts';

const pageLimit = 500;
/** Counts may change every moment; the list behind them is asked for no more often than this. */
const reloadMs = 2000;

export interface Readers {
  readonly lines: ReaderLines;
  readonly isHidden: boolean;
}

/**
 * Who has a message, and has read it. Receipts that are pushed with name and time show at once: those of own
 * messages, and of everybody's in small groups. Where counts say more than the list, it is asked for again.
 */
export function useReaders(group: GroupHandle, seq: number): Readers {
  const [readers, setReaders] = useState<Readers>({ lines: new Map(), isHidden: false });
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lines: ReaderLines = new Map();
    const show = (readers: Readers) => {
      lines = readers.lines;
      if (!isOver) setReaders(readers);
    };
    const load = async () => {
      timer = undefined;
      const loaded = await loadLines(group, seq).catch(unlessPassing);
      if (loaded) show(loaded);
    };
    const reload = () => {
      timer ??= setTimeout(load, reloadMs);
    };
    void load();
    const ends = [
      group.on('members', reload),
      group.on('receipt', ({ ranges, receipts }) => {
        if (!ranges.some(({ from, to }) => seq >= from && seq <= to)) return;
        const after = receipts.reduce((before, each) => withReceipt(before, seq, each), lines);
        if (after !== lines) show({ lines: after, isHidden: false });
        const counts = group.getReceipt(seq);
        if (counts && !hasAllOf(lines, counts)) reload();
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
