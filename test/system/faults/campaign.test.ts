import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCampaign } from '../../campaign/campaign.ts';
import { isNightly } from '../../support/nightly.ts';

const seed = Number(process.env.SEED ?? 7);

/** The whole one takes half an hour: `npm run test:campaign`. */
it.runIf(isNightly)(
  `[FA1] [CT1] [PU1] a short campaign of kills and faults loses nothing, and all come to show the truth (SEED=${seed})`,
  async () => {
    const outDir = mkdtempSync(join(tmpdir(), 'seenby-campaign-'));
    try {
      const { findings, faults, history } = await runCampaign({
        ...{ minutes: 0.5, seed, receipts: 1000, sizes: { small: 2, big: [] } },
        ...{ cloudKills: 1, databaseKills: 1, outDir, say: () => {} },
      });
      expect(findings).toEqual([]);
      expect(faults.map(({ kind }) => kind)).toContain('kill DynamoDB Local');
      const acknowledged = history.operations.filter(({ outcome }) => outcome === 'ok');
      expect(acknowledged.length).toBeGreaterThan(20);
    } finally {
      rmSync(outDir, { recursive: true, force: true });
    }
  },
);
