/** One thing that happens in a terminal of the walk-through. */
export type Step = { terminal: string; line: number } & (
  | { kind: 'run'; command: string; prints: string[] }
  | { kind: 'connect'; command: string }
  | { kind: 'send'; frame: string }
  | { kind: 'receive'; frame: string }
);

const fence = /^```(?:console (\w+))?/;
const connectCommand = 'npx wscat -c ';

/**
 * The steps that a Markdown text shows: fences named `console <terminal>` with `$ ` before what is
 * run, `> ` before a frame that is sent and `< ` before one that is received; anything else there is
 * what the command above it prints.
 */
export function readTranscript(markdown: string): Step[] {
  const steps: Step[] = [];
  let terminal: string | undefined;
  for (const [i, text] of markdown.split('\n').entries()) {
    const opened = fence.exec(text);
    if (opened) terminal = opened[1];
    else if (terminal !== undefined) addLine(steps, terminal, i + 1, text);
  }
  return steps;
}

function addLine(steps: Step[], terminal: string, line: number, text: string): void {
  const [mark, rest] = [text.slice(0, 2), text.slice(2)];
  const at = { terminal, line };
  if (mark === '$ ' && rest.startsWith(connectCommand)) {
    steps.push({ ...at, kind: 'connect', command: rest });
  } else if (mark === '$ ') steps.push({ ...at, kind: 'run', command: rest, prints: [] });
  else if (mark === '> ') steps.push({ ...at, kind: 'send', frame: rest });
  else if (mark === '< ') steps.push({ ...at, kind: 'receive', frame: rest });
  else addOutput(steps.at(-1), line, text);
}

function addOutput(before: Step | undefined, line: number, text: string): void {
  if (before?.kind !== 'run') throw new Error(`Line ${line} belongs to no command: ${text}`);
  before.prints.push(text);
}

/** The address in a connect command, as the shell takes it: quotes and variables included. */
export const addressIn = (command: string): string => command.slice(connectCommand.length);
