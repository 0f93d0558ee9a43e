import type { Chart } from '../charts/chart.ts';
import type { BenchTable } from '../reports/bench-table.ts';
import type { Open } from '../support/demo-session.ts';

/** What a scenario found. */
export interface Findings {
  tables: BenchTable[];
  charts?: Chart[];
  /** Lines below the tables. */
  notes?: string[];
  /** For `--json`. */
  figures: unknown;
  /** What is wrong; the run fails. */
  faults?: string[];
}

export interface Scenario {
  name: string;
  about: string;
  /** Whether it measures times, which depend on the machine. Otherwise all is counted, in virtual time. */
  isTimed: boolean;
  run(context: { open: Open; say: (what: string) => void }): Promise<Findings>;
}
