import type { Random } from './random.ts';
import { randomNumber, randomValue, type Wire } from './random-values.ts';

/** Names that items of the contract have; `status` is a reserved word. */
export const attributeNames = ['n', 's', 'l', 'm', 'ss', 'ns', 'q', 'status'] as const;

/** Expressions of one request, and the placeholders that they use. */
export class RandomExpressions {
  readonly #random: Random;
  readonly #names: Record<string, string> = {};
  readonly #values: Record<string, Wire> = {};

  constructor(random: Random) {
    this.#random = random;
  }

  placeholders() {
    const [names, values] = [this.#names, this.#values];
    // Seldom one that nothing uses, or one missing that something uses.
    if (this.#random.chance(0.01)) names['#unused'] = 'n';
    if (this.#random.chance(0.01)) delete values[Object.keys(values)[0] ?? ''];
    return {
      ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    };
  }

  value(value: Wire = randomValue(this.#random)): string {
    const name = `:v${Object.keys(this.#values).length}`;
    this.#values[name] = value;
    return name;
  }

  path(): string {
    const random = this.#random;
    const deeper = random.times(0, 2, () =>
      random.chance(0.5) ? `.${random.pick(['a', 'b', 'c'])}` : `[${random.below(3)}]`,
    );
    return this.#name() + (random.chance(0.35) ? deeper.join('') : '');
  }

  condition(depth = 0): string {
    const random = this.#random;
    if (random.chance(0.01))
      return random.pick(['n =', 'AND', '((n = n))', 'n == s', '', 'foo(n)']);
    if (depth < 2 && random.chance(0.35)) {
      const [left, right] = [this.condition(depth + 1), this.condition(depth + 1)];
      return random.pick([`(${left}) AND ${right}`, `${left} OR ${right}`, `NOT ${left}`]);
    }
    return this.#comparison();
  }

  update(): string {
    const random = this.#random;
    if (random.chance(0.5)) return this.#usualUpdate();
    const list = (make: () => string) => random.times(1, 2, make).join(', ');
    const sections = [
      ...(random.chance(0.7) ? [`SET ${list(() => `${this.path()} = ${this.#sum()}`)}`] : []),
      ...(random.chance(0.25) ? [`REMOVE ${list(() => this.path())}`] : []),
      ...(random.chance(0.25) ? [`ADD ${list(() => `${this.path()} ${this.#addend()}`)}`] : []),
      ...(random.chance(0.15) ? [`DELETE ${this.path()} ${this.#set()}`] : []),
      ...(random.chance(0.01) ? [random.pick(['SET', 'MOVE a', 'REMOVE n n'])] : []),
    ];
    return sections.length > 0 ? sections.join(' ') : `SET n = ${this.value()}`;
  }

  /** One that most items allow. */
  #usualUpdate(): string {
    const random = this.#random;
    const number = () => this.value(randomNumber(random));
    return random.pick([
      () => `SET n = n + ${number()}`,
      () => `SET n = if_not_exists(n, ${number()}) - ${number()}, s = ${this.value()}`,
      () => `SET l = list_append(l, ${this.value({ L: [randomValue(random)] })})`,
      () => `SET l[${random.below(5)}] = ${number()}, l[${5 + random.below(5)}] = ${this.value()}`,
      () => `SET m.a = ${this.value()} REMOVE m.b`,
      () => `REMOVE l[0], l[${1 + random.below(3)}] ADD q ${number()}`,
      () => `ADD n ${number()}, ss ${this.value({ SS: ['a', 'new'] })}`,
      () => `DELETE ns ${this.value({ NS: ['1', '3', '10'] })} SET q = ${number()}`,
      () => `DELETE ss ${this.value({ SS: ['a', 'ab'] })} REMOVE s`,
    ])();
  }

  projection(): string {
    return this.#random.times(1, 3, () => this.path()).join(', ');
  }

  #name(): string {
    const name = this.#random.pick(attributeNames);
    const needsPlaceholder = name === 'status' && !this.#random.chance(0.02);
    if (!needsPlaceholder && !this.#random.chance(0.1)) return name;
    this.#names[`#${name}`] = name;
    return `#${name}`;
  }

  #operand(): string {
    const random = this.#random;
    if (random.chance(0.15)) return `size(${this.path()})`;
    return random.chance(0.6) ? this.value() : this.path();
  }

  #comparison(): string {
    const random = this.#random;
    const comparator = random.pick(['=', '<>', '<', '<=', '>', '>=']);
    return random.pick([
      () => `attribute_exists(${this.path()})`,
      () => `attribute_not_exists(${this.path()})`,
      () =>
        `attribute_type(${this.path()}, ${this.value({ S: random.pick(['S', 'N', 'L', 'SS']) })})`,
      () => `begins_with(${this.path()}, ${this.value({ S: random.pick(['', 'a', 'ab']) })})`,
      () => `contains(${this.path()}, ${this.value()})`,
      () => `${this.path()} IN (${random.times(1, 3, () => this.value()).join(', ')})`,
      () =>
        `${this.path()} BETWEEN ${this.value(randomNumber(random))} AND ${this.value(randomNumber(random))}`,
      () => `${this.path()} ${comparator} ${this.value(randomNumber(random))}`,
      () => `${this.path()} ${comparator} ${this.#operand()}`,
      () => `${this.#operand()} ${comparator} ${this.path()}`,
    ])();
  }

  #sum(): string {
    const random = this.#random;
    if (random.chance(0.3)) return `${this.#term()} ${random.pick(['+', '-'])} ${this.#term()}`;
    return this.#assigned();
  }

  #term(): string {
    return this.#random.chance(0.5) ? this.#assigned() : this.value(randomNumber(this.#random));
  }

  #assigned(): string {
    return this.#random.pick([
      () => this.value(),
      () => this.value(),
      () => this.path(),
      () => `if_not_exists(${this.path()}, ${this.value()})`,
      () => `list_append(${this.path()}, ${this.value({ L: [randomValue(this.#random)] })})`,
    ])();
  }

  #addend(): string {
    return this.#random.chance(0.6) ? this.value(randomNumber(this.#random)) : this.#set();
  }

  #set(): string {
    return this.value(
      this.#random.pick([{ SS: ['a', 'b'] }, { SS: ['abc'] }, { NS: ['1', '10'] }, { NS: ['2'] }]),
    );
  }
}
