import type { NightOptions } from '../night.ts';

/** Plays an incident to its end. Throws when something is not as the runbook says. */
export type Incident = (options: NightOptions) => Promise<void>;
