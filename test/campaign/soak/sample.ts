import type { Percentiles } from '../../../bench/reports/percentiles.ts';
import type { HeapFigures } from '../../../bench/support/memory-of.ts';

/** What the people of a soak have done since they were asked last. */
export interface Work {
  markMs: Percentiles;
  sendMs: Percentiles;
  marks: number;
  sends: number;
  reconnects: number;
  /** Requests that were not answered with success, by what came instead. */
  failures: Record<string, number>;
}

/** The largest row of its kind, in bytes as DynamoDB counts them. */
export interface RowSizes {
  member: number;
  group: number;
  connections: number;
  pushes: number;
}

/** Resident memory in MB, and processor time since the start in seconds. */
export interface ProcessFigures {
  residentMb: number;
  processorSeconds: number;
}

export const processNames = [
  'local cloud',
  'DynamoDB Local',
  'wire clients',
  'SDK clients',
] as const;
export type ProcessName = (typeof processNames)[number];

/** One minute of a soak, a line of its file. */
export interface Sample extends Work {
  /** Since the people began, in minutes. */
  minute: number;
  /** The longest message log of a group: its last seq. */
  lastSeq: number;
  rows: RowSizes;
  processes: Record<ProcessName, ProcessFigures>;
  /** Every five minutes, after a garbage collection; DynamoDB Local tells only of its heap. */
  heaps?: Partial<Record<ProcessName, Partial<HeapFigures>>>;
  /** What each client with the SDK shows of its group. */
  shown: { state: string; messages: number; unread: number }[];
  /** What functions logged as faults so far. */
  faults: Record<string, number>;
}
