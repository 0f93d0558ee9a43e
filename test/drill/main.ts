import { join } from 'node:path';
import { assemblyOf } from '../../demo/local/synthesize-seenby.ts';
import { badRelease } from './incidents/bad-release.ts';
import { databaseKilled } from './incidents/database-killed.ts';
import type { Incident } from './incidents/incident.ts';
import { massReconnect } from './incidents/mass-reconnect.ts';
import { poisonRecord } from './incidents/poison-record.ts';
import { quotaExhausted } from './incidents/quota-exhausted.ts';
import { streamStopped } from './incidents/stream-stopped.ts';
import { tableRestored } from './incidents/table-restored.ts';

const projectDir = join(import.meta.dirname, '../..');
const settings = { alarmEmail: 'on-call@example.com', demoPage: 'false', presence: 'false' };

/** By the name that the command takes. */
const incidents: Record<string, Incident> = {
  'database-killed': databaseKilled,
  'stream-stopped': streamStopped,
  'poison-record': poisonRecord,
  'mass-reconnect': massReconnect,
  'quota-exhausted': quotaExhausted,
  'bad-release': badRelease,
  'table-restored': tableRestored,
};

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(incidents, name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no incident ${unknown.join(', ')}. There are ${Object.keys(incidents).join(', ')}.`,
    );
  }
  const { assemblyDir } = await assemblyOf(projectDir, settings);
  for (const [name, play] of Object.entries(incidents)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n${name}`);
    await play({
      assemblyDir,
      say: console.log,
      connections: Number(process.env.DRILL_CONNECTIONS ?? 5000),
    });
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
