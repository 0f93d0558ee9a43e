import type { Parsed, Path, Update, UpdateOperand, ValueOperand } from '../syntax.ts';
import { Parser } from './parser.ts';

export function parseUpdate(source: string): Parsed<Update> {
  const parser = new UpdateParser('UpdateExpression', source);
  return parser.finish(parser.update());
}

class UpdateParser extends Parser {
  update(): Update {
    const update: { -readonly [Section in keyof Update]: Update[Section] } = {
      ...{ set: [], remove: [], add: [], delete: [] },
    };
    const seen = new Set<string>();
    do {
      const section = this.take().text.toUpperCase();
      if (seen.has(section)) {
        throw this.error(`The "${section}" section can only be used once in an update expression;`);
      }
      seen.add(section);
      if (section === 'SET') update.set = this.list(() => this.#assignment());
      else if (section === 'REMOVE') update.remove = this.list(() => this.path());
      else if (section === 'ADD') update.add = this.list(() => this.#pathAndValue());
      else if (section === 'DELETE') update.delete = this.list(() => this.#pathAndValue());
      else throw this.syntaxError(-1);
    } while (this.peek().kind !== 'end');
    return update;
  }

  #assignment(): { path: Path; value: UpdateOperand } {
    const path = this.path();
    this.expectSymbol('=');
    return { path, value: this.#sum() };
  }

  #pathAndValue(): { path: Path; value: ValueOperand } {
    return { path: this.path(), value: this.valueOperand() };
  }

  #sum(): UpdateOperand {
    const left = this.#operand();
    const { kind, text } = this.peek();
    if (kind !== 'symbol' || (text !== '+' && text !== '-')) return left;
    this.take();
    return { type: 'sum', operator: text, left, right: this.#operand() };
  }

  #operand(): UpdateOperand {
    if (this.acceptSymbol('(')) {
      const inner = this.#sum();
      this.expectSymbol(')');
      return inner;
    }
    const name = this.acceptFunction();
    return name === undefined ? this.pathOrValue() : this.#call(name);
  }

  #call(name: string): UpdateOperand {
    if (name !== 'if_not_exists' && name !== 'list_append') {
      throw this.error(
        /^(attribute_(not_)?exists|attribute_type|begins_with|contains|size)$/.test(name)
          ? `The function is not allowed in an update expression; function: ${name}`
          : `Invalid function name; function: ${name}`,
      );
    }
    const [first, second, ...more] = this.list(() => this.#operand());
    this.expectSymbol(')');
    if (first === undefined || second === undefined || more.length > 0) {
      throw this.error(
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${second === undefined ? 1 : more.length + 2}`,
      );
    }
    if (name === 'list_append') return { type: 'listAppend', first, second };
    if (first.type === 'path') return { type: 'ifNotExists', path: first, otherwise: second };
    throw this.error(
      `Operator or function requires a document path; operator or function: ${name}`,
    );
  }
}
