// Runs scenarios, all or those that are named, and prints what they found.
//   npm run bench -- [NAME...] [--json] [--write]
//   npm run bench -- help
// --write puts tables into docs/performance.md and curves beside it. Exits with 1 when a scenario
// failed or found something wrong.
import { spawn } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asText, type BenchTable } from './reports/bench-table.ts';
import { type Ran, writeFindings } from './reports/performance-page.ts';
import { otherBenchmarks, scenarios } from './scenarios/all-scenarios.ts';
import type { Findings, Scenario } from './scenarios/scenario.ts';
import { say, withOpen } from './support/demo-session.ts';

function help(): string {
  const table = (title: string, all: readonly (readonly [string, string])[]): BenchTable => {
    return { title, head: ['', ''], rows: all };
  };
  const ours = scenarios.map(({ name, about, isTimed }) => {
    return [name, `${about}${isTimed ? ' (timed)' : ''}`] as const;
  });
  const usage =
    'npm run bench -- [NAME...] [--json] [--write]\n\nWithout a name all scenarios run.';
  const tables = [
    table('Scenarios', ours),
    table('Benchmarks with arguments of their own', Object.entries(otherBenchmarks)),
  ];
  const lines = tables.map(({ title, rows }) =>
    [title, ...rows.map(([name = '', about = '']) => `  ${name.padEnd(16)}${about}`)].join('\n'),
  );
  return [usage, ...lines].join('\n\n');
}

/** What follows its name is for the benchmark itself. */
function runFile(name: string, args: readonly string[]): void {
  const file = join(import.meta.dirname, `${name}.ts`);
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

async function runScenarios(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const ran: Ran[] = [];
  for (const scenario of chosen(positionals)) ran.push(await runOne(scenario));
  if (values.json) console.log(JSON.stringify(figuresOf(ran), null, 2));
  else console.log(ran.map(reportOf).join('\n\n'));
  if (values.write) writeFindings(ran);
  for (const { name, findings } of ran) {
    for (const fault of findings.faults ?? []) {
      console.error(`✗ ${name}: ${fault}`);
      process.exitCode = 1;
    }
  }
}

function chosen(names: readonly string[]): readonly Scenario[] {
  const unknown = names.find((name) => !scenarios.some((each) => each.name === name));
  if (unknown !== undefined) {
    console.error(`There is no scenario "${unknown}". These there are:\n\n${help()}`);
    process.exit(2);
  }
  return names.length === 0 ? scenarios : scenarios.filter(({ name }) => names.includes(name));
}

/** A scenario that fails keeps no other one from running. */
async function runOne({ name, about, isTimed, run }: Scenario): Promise<Ran> {
  say(`${name}: ${about}`);
  const load = loadavg()[0] ?? 0;
  const startedAt = performance.now();
  const secondsSince = () => (performance.now() - startedAt) / 1000;
  let findings: Findings = { tables: [], figures: null, faults: ['it did not come to its end'] };
  try {
    await withOpen(async (open) => {
      const saying = (what: string) => say(`  ${secondsSince().toFixed(0).padStart(4)} s  ${what}`);
      findings = await run({ open, say: saying });
    });
  } catch (error) {
    findings = { tables: [], figures: null, faults: [String((error as Error).stack)] };
  }
  if (isTimed && findings.tables.length > 0) {
    const note = `${load.toFixed(1)} processes wanted to run before it began, on ${availableParallelism()} cores.`;
    findings = { ...findings, notes: [...(findings.notes ?? []), note] };
  }
  return { name, seconds: secondsSince(), findings };
}

const reportOf = ({ name, seconds, findings: { tables, notes = [] } }: Ran): string =>
  [
    `── ${name} (${seconds.toFixed(0)} s)`,
    ...tables.map(asText),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n');

const figuresOf = (ran: readonly Ran[]) =>
  Object.fromEntries(
    ran.map(({ name, seconds, findings }) => [name, { seconds, figures: findings.figures }]),
  );

const [first = '', ...others] = process.argv.slice(2);
if (first === 'help' || first === '--help') console.log(help());
else if (Object.hasOwn(otherBenchmarks, first)) runFile(first, others);
else await runScenarios();
