import type { GroupHandle, ReceiptLine } from '@seenby/client';

/** All who have read a message, page by page; none where they cannot be asked for. */
export async function* readersOf(group: GroupHandle, seq: number): AsyncGenerator<ReceiptLine> {
  let cursor: string | undefined;
  do {
    const query = { state: 'read', limit: 100, ...(cursor !== undefined && { cursor }) } as const;
    const page = await group.listReaders(seq, query).catch(() => undefined);
    yield* page?.members ?? [];
    cursor = page?.next ?? undefined;
  } while (cursor !== undefined);
}
