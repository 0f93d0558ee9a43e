import { invalid } from '../errors.ts';
import { partitionOf, placeOf, sortOf } from '../tables/schema.ts';
import { compareHashes, type Entry, hashOf } from '../tables/sorted-items.ts';
import type { Database } from './database.ts';
import { Page, type PageRequest } from './page.ts';

interface ScanRequest extends PageRequest {
  Segment?: number;
  TotalSegments?: number;
}

export function scan(database: Database, request: ScanRequest) {
  const page = new Page(database, request);
  const isMine = segmentTest(request);
  page.expressions.bindings();
  return page.read(walk(page, isMine));
}

function segmentTest({ Segment, TotalSegments }: ScanRequest): (partition: string) => boolean {
  if (Segment === undefined && TotalSegments === undefined) return () => true;
  if (Segment === undefined || TotalSegments === undefined) {
    throw invalid(
      'The parameters Segment and TotalSegments are required together: one of them is missing',
    );
  }
  if (Segment >= TotalSegments) {
    throw invalid('The Segment parameter is zero-based and must be less than TotalSegments');
  }
  return (partition) => hashOf(partition) % TotalSegments === Segment;
}

function* walk({ source, start, table }: Page, isMine: (key: string) => boolean): Generator<Entry> {
  const startPartition = start && partitionOf(start, source.schema);
  for (const partition of source.scanOrder()) {
    if (!isMine(partition)) continue;
    if (startPartition !== undefined && compareHashes(partition, startPartition) < 0) continue;
    const entries = source.partition(partition);
    const from =
      start && partition === startPartition
        ? source.firstAfter(entries, {
            sort: sortOf(start, source.schema),
            place: placeOf(start, table.key),
          })
        : 0;
    for (let i = from; i < entries.length; i++) {
      const entry = entries[i];
      if (entry) yield entry;
    }
  }
}
