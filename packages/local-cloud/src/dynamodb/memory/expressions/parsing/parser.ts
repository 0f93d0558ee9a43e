import { type DynamoDbError, invalid } from '../../errors.ts';
import type { ExpressionKind, Parsed, Path, PathOperand, ValueOperand } from '../syntax.ts';
import { isReserved } from './reserved-words.ts';
import { type Token, tokenize } from './tokens.ts';

const maxBytes = 4096;

/** Words that no attribute may be called by, not even where it could be nothing else. */
const keywords = new Set(['AND', 'OR', 'NOT', 'IN', 'BETWEEN', 'SET', 'REMOVE', 'ADD', 'DELETE']);

/** What the grammars of all expressions have in common. */
export class Parser {
  readonly kind: ExpressionKind;
  readonly names = new Set<string>();
  readonly values = new Set<string>();
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(kind: ExpressionKind, source: string) {
    this.kind = kind;
    this.#source = source;
    if (source.trim() === '') throw this.error('The expression can not be empty;');
    if (Buffer.byteLength(source) > maxBytes) {
      throw this.error(
        `Expression size has exceeded the maximum allowed size; expression size: ${Buffer.byteLength(source)}`,
      );
    }
    this.#tokens = tokenize(source);
  }

  error(message: string): DynamoDbError {
    return invalid(`Invalid ${this.kind}: ${message}`);
  }

  finish<T>(tree: T): Parsed<T> {
    if (this.peek().kind !== 'end') throw this.syntaxError();
    return { kind: this.kind, tree, names: this.names, values: this.values };
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)] as Token;
  }

  take(): Token {
    const token = this.peek();
    this.#next++;
    return token;
  }

  isSymbol(text: string): boolean {
    const { kind, text: found } = this.peek();
    return kind === 'symbol' && found === text;
  }

  acceptSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.#next++;
    return true;
  }

  expectSymbol(text: string): void {
    if (!this.acceptSymbol(text)) throw this.syntaxError();
  }

  isKeyword(word: string): boolean {
    const { kind, text } = this.peek();
    return kind === 'word' && text.toUpperCase() === word;
  }

  acceptKeyword(word: string): boolean {
    if (!this.isKeyword(word)) return false;
    this.#next++;
    return true;
  }

  expectKeyword(word: string): void {
    if (!this.acceptKeyword(word)) throw this.syntaxError();
  }

  /** The name of the function whose call comes now, if one does. */
  acceptFunction(): string | undefined {
    const { kind, text } = this.peek();
    if (kind !== 'word' || keywords.has(text.toUpperCase()) || this.peek(1).text !== '(') return;
    this.#next += 2;
    return text;
  }

  /** One or more, with commas between them. */
  list<T>(element: () => T): T[] {
    const elements = [element()];
    while (this.acceptSymbol(',')) elements.push(element());
    return elements;
  }

  path(): Path {
    const path: (string | number)[] = [this.#name()];
    for (;;) {
      if (this.acceptSymbol('.')) path.push(this.#name());
      else if (this.acceptSymbol('[')) {
        if (this.peek().kind !== 'number') throw this.syntaxError();
        path.push(Number(this.take().text));
        this.expectSymbol(']');
      } else return path;
    }
  }

  pathOperand(): PathOperand {
    return { type: 'path', path: this.path() };
  }

  valueOperand(): ValueOperand {
    if (this.peek().kind !== 'value') throw this.syntaxError();
    const name = this.take().text;
    this.values.add(name);
    return { type: 'value', name };
  }

  pathOrValue(): PathOperand | ValueOperand {
    return this.peek().kind === 'value' ? this.valueOperand() : this.pathOperand();
  }

  /** At the word that comes next, or another, with the ones beside it. */
  syntaxError(ahead = 0): DynamoDbError {
    const { text, start } = this.peek(ahead);
    const from = this.#tokens[this.#next + ahead - 1]?.start ?? start;
    const near = this.#source.slice(from, this.peek(ahead + 1).end);
    return this.error(`Syntax error; token: "${text}", near: "${near}"`);
  }

  #name(): string {
    const { kind, text } = this.peek();
    if (kind === 'name') this.names.add(text);
    else if (kind !== 'word' || keywords.has(text.toUpperCase())) throw this.syntaxError();
    else if (isReserved(text)) {
      throw this.error(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
    }
    this.#next++;
    return text;
  }
}
