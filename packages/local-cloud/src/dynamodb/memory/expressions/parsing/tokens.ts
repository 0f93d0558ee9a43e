export type TokenKind = 'word' | 'name' | 'value' | 'number' | 'symbol' | 'end';

export interface Token {
  kind: TokenKind;
  text: string;
  start: number;
  end: number;
}

const token =
  /\s*(?:([A-Za-z][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-])|(\S))/y;

const kinds: readonly TokenKind[] = ['word', 'name', 'value', 'number', 'symbol', 'symbol'];

/** The words of an expression, and a last one that says that it is over. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  for (let found = token.exec(source); found; found = token.exec(source)) {
    const group = found.findIndex((text, i) => i > 0 && text !== undefined);
    const text = found[group] ?? '';
    const end = found.index + found[0].length;
    tokens.push({ kind: kinds[group - 1] ?? 'symbol', text, start: end - text.length, end });
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: source.length, end: source.length });
  return tokens;
}
