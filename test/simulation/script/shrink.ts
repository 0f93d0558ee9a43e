import type { TableDefinition } from '../../support/in-process/table-definition.ts';
import { leaveOut } from '../../support/leave-out.ts';
import { type Outcome, runScript } from './run-script.ts';
import type { Script } from './script.ts';

const maxShrinkMs = 120_000;

/** The shortest script found that still breaks one of the properties, and what it breaks. */
export async function shrink(
  script: Script,
  definition: TableDefinition,
): Promise<{ script: Script; outcome: Outcome }> {
  const until = Date.now() + maxShrinkMs;
  const isOver = () => Date.now() > until;
  let least = { script, outcome: await runScript(script, definition) };
  const rules = new Set(least.outcome.wrong.map(({ rule }) => rule));
  const attempt = async (shorter: Script): Promise<void> => {
    const outcome = await runScript(shorter, definition);
    if (outcome.wrong.some(({ rule }) => rules.has(rule))) least = { script: shorter, outcome };
  };
  let size: number;
  do {
    size = least.script.steps.length;
    await leaveOut(
      () => least.script.steps,
      (steps) => attempt({ ...least.script, steps }),
      isOver,
    );
  } while (least.script.steps.length < size && !isOver());
  return least;
}

/** As a test may have it. */
export function print({ steps, ...settings }: Script): string {
  const lines = steps.map((step) => `    ${JSON.stringify(step)},`);
  return [`  ...${JSON.stringify(settings)},`, '  steps: [', ...lines, '  ],'].join('\n');
}
