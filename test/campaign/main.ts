import { parseArgs } from 'node:util';
import { runSoak } from './soak/soak.ts';

const { values } = parseArgs({
  options: { soak: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);
await runSoak({ minutes: Number(values.soak), seed, outDir: values.out ?? '.local/campaign' });
