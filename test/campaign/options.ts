import { parseArgs } from 'node:util';
import { type Sizes, wholeCampaign } from './parts/groups.ts';

export interface CommonOptions {
  seed: number;
  minutes: number;
  outDir: string;
}

export type Options =
  | { mode: 'soak-report'; samplesFile: string }
  | (CommonOptions & { mode: 'soak' })
  | (CommonOptions & {
      mode: 'campaign';
      receipts: number;
      sizes: Sizes;
      cloudKills: number;
      databaseKills: number;
    });

const usualMinutes = 18;
const usualReceipts = 1_000_000;
/** Of a campaign of 18 minutes; a shorter one has its share. */
const kills = { cloud: 100, database: 10 };

/** What `npm run test:campaign` was asked for. Throws on an option that it does not know. */
export function readOptions(args: readonly string[], { now }: { now: number }): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string' },
      seed: { type: 'string' },
      receipts: { type: 'string' },
      soak: { type: 'string' },
      'soak-report': { type: 'string' },
      out: { type: 'string' },
    },
  });
  const { 'soak-report': samplesFile } = values;
  if (samplesFile !== undefined) return { mode: 'soak-report', samplesFile };
  const seed = numberOf('seed', values.seed, now % 1_000_000);
  const outDir = values.out ?? `.local/campaign/${seed}-${now}`;
  if (values.soak !== undefined) {
    return { mode: 'soak', seed, outDir, minutes: numberOf('soak', values.soak, 0) };
  }
  const minutes = numberOf('minutes', values.minutes, usualMinutes);
  const share = Math.min(1, minutes / usualMinutes);
  return {
    ...{ mode: 'campaign', seed, outDir, minutes, sizes: wholeCampaign },
    receipts: numberOf('receipts', values.receipts, Math.round(usualReceipts * share)),
    cloudKills: Math.ceil(kills.cloud * share),
    databaseKills: Math.ceil(kills.database * share),
  };
}

function numberOf(name: string, text: string | undefined, fallback: number): number {
  const number = text === undefined ? fallback : Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Error(`--${name} is "${text}"; it must be a number above 0.`);
}
