import { TemplateError } from '../../template/template-error.ts';
import type { AlarmState } from './alarm-settings.ts';

/** The state of an alarm by its name or ARN; undefined if there is none. */
export type StateOf = (alarm: string) => AlarmState | undefined;

export interface AlarmRule {
  holds: (stateOf: StateOf) => boolean;
  /** Names or ARNs of the alarms that it looks at. */
  alarms: readonly string[];
}

type Holds = AlarmRule['holds'];

interface Parser {
  readonly rule: string;
  readonly tokens: readonly string[];
  readonly alarms: string[];
  at: number;
}

/**
 * The rule of a composite alarm: `ALARM("name")`, `OK(…)`, `INSUFFICIENT_DATA(…)`, TRUE, FALSE, AND, OR, NOT and
 * parentheses. Throws TemplateError for anything else.
 */
export function compileAlarmRule(rule: string): AlarmRule {
  const tokens = rule.match(/"[^"]*"|[()]|[^\s()"]+/g) ?? [];
  const parser: Parser = { rule, tokens, alarms: [], at: 0 };
  const holds = parseOr(parser);
  if (parser.at < tokens.length) throw unknown(parser);
  return { holds, alarms: parser.alarms };
}

const unknown = ({ rule, tokens, at }: Parser): TemplateError =>
  new TemplateError(
    `The local cloud does not know "${tokens[at] ?? 'the end'}" in the rule ${rule}.`,
  );

function parseOr(parser: Parser): Holds {
  const any = [parseAnd(parser)];
  while (take(parser, 'OR')) any.push(parseAnd(parser));
  return (stateOf) => any.some((holds) => holds(stateOf));
}

function parseAnd(parser: Parser): Holds {
  const all = [parseOne(parser)];
  while (take(parser, 'AND')) all.push(parseOne(parser));
  return (stateOf) => all.every((holds) => holds(stateOf));
}

function parseOne(parser: Parser): Holds {
  if (take(parser, 'NOT')) {
    const holds = parseOne(parser);
    return (stateOf) => !holds(stateOf);
  }
  if (take(parser, 'TRUE')) return () => true;
  if (take(parser, 'FALSE')) return () => false;
  if (take(parser, '(')) {
    const holds = parseOr(parser);
    expect(parser, ')');
    return holds;
  }
  return parseState(parser);
}

function parseState(parser: Parser): Holds {
  const states = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const;
  const state = states.find((each) => take(parser, each));
  if (state === undefined) throw unknown(parser);
  expect(parser, '(');
  const alarm = (parser.tokens[parser.at++] ?? '').replaceAll('"', '');
  expect(parser, ')');
  parser.alarms.push(alarm);
  return (stateOf) => stateOf(alarm) === state;
}

function take(parser: Parser, token: string): boolean {
  if (parser.tokens[parser.at] !== token) return false;
  parser.at += 1;
  return true;
}

function expect(parser: Parser, token: string): void {
  if (!take(parser, token)) throw unknown(parser);
}
