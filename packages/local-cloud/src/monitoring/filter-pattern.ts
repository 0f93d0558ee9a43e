import { TemplateError } from '../template/template-error.ts';
import { compileJsonPattern, type Matches } from './json-pattern.ts';

/** Whether a metric filter wants a log event. */
export type WantsLine = (line: string) => boolean;

/** Throws TemplateError for a pattern that the local cloud does not know: by place, by expression. */
export function compileFilterPattern(pattern: string): WantsLine {
  const text = pattern.trim();
  if (text === '') return () => true;
  try {
    return text.startsWith('{') ? jsonLines(compileJsonPattern(text)) : compileTerms(text);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new TemplateError(`The local cloud cannot use the filter pattern ${text}: ${why}.`);
  }
}

/** Lines that are no JSON match nothing. */
function jsonLines(matches: Matches): WantsLine {
  return (line) => {
    const logged = parsed(line);
    return logged !== undefined && matches(logged);
  };
}

/** Undefined for what is no JSON object. */
export function parsed(line: string): object | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as object;
  } catch {
    return undefined;
  }
}

/** All of the plain terms, none with a minus, and one of those with a question mark if there are any. */
function compileTerms(text: string): WantsLine {
  const terms = text.match(/[?-]?"[^"]*"|\S+/g) ?? [];
  const strange = terms.find((term) => !/^[?-]?("[^"]*"|[\w.:/-]+)$/.test(term));
  if (strange !== undefined) throw new Error(`${strange} is no term`);
  const of = (sign: string) =>
    terms
      .filter((term) => (/^[?-]/.exec(term)?.[0] ?? '') === sign)
      .map((term) => term.slice(sign.length).replaceAll('"', ''));
  const [all, none, some] = [of(''), of('-'), of('?')];
  return (line) =>
    all.every((term) => line.includes(term)) &&
    !none.some((term) => line.includes(term)) &&
    (some.length === 0 || some.some((term) => line.includes(term)));
}
