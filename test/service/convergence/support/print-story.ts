import type { Difference, Story } from './story.ts';

/** A story as `named-stories.test.ts` takes it, and what is wrong at its end. */
export function printStory({ seed, weather, steps, faults }: Story, found: Difference[]): string {
  const lines = [
    `{ seed: ${seed}, weather: '${weather}',`,
    `  faults: ${literal(faults ?? {})},`,
    '  steps: [',
    ...steps.map((step) => `    ${literal(step)},`),
    '  ] }',
  ];
  const wrong = found.map(
    ({ property, where, shown, expected }) =>
      `${property} (${where}): ${JSON.stringify(shown)} where ${JSON.stringify(expected)} is right`,
  );
  return [...lines, '', ...wrong.slice(0, 10)].join('\n');
}

const literal = (value: object): string =>
  JSON.stringify(value)
    .replace(/"([a-zA-Z]+)":/g, ' $1: ')
    .replaceAll('"', "'")
    .replace(/,(?= )/g, ',')
    .replace(/}$/, ' }');
