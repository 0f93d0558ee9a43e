import { invalid } from '../errors.ts';
import type { AttributeValue } from '../values/attribute-value.ts';
import { noAttributes } from '../values/attribute-value.ts';
import { normalizeValue } from '../values/normalize.ts';
import { checkCondition } from './check-condition.ts';
import { checkUpdate } from './check-update.ts';
import { cached } from './parsing/parse-cache.ts';
import { parseCondition } from './parsing/parse-condition.ts';
import { parseProjection } from './parsing/parse-projection.ts';
import { parseUpdate } from './parsing/parse-update.ts';
import { checkOverlaps } from './paths.ts';
import type { Bindings, Condition, ExpressionKind, Parsed, Path, Update } from './syntax.ts';

export interface Placeholders {
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

type ConditionKind = Exclude<ExpressionKind, 'UpdateExpression' | 'ProjectionExpression'>;

const conditionParsers = {
  ConditionExpression: cached((source) => parseCondition('ConditionExpression', source)),
  FilterExpression: cached((source) => parseCondition('FilterExpression', source)),
  KeyConditionExpression: cached((source) => parseCondition('KeyConditionExpression', source)),
} satisfies Record<ConditionKind, (source: string) => Parsed<Condition>>;
const updateParser = cached(parseUpdate);
const projectionParser = cached(parseProjection);

/**
 * The expressions of one request: each is parsed and held against the placeholders that the request
 * explains. After the last one `bindings` refuses what none of them has used.
 */
export class RequestExpressions {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Readonly<Record<string, AttributeValue>>;
  readonly #used = new Set<string>();
  #hasExpressions = false;
  readonly #given: Placeholders;

  constructor(given: Placeholders) {
    this.#given = given;
    this.#names = checkedNames(given.ExpressionAttributeNames);
    this.#values = checkedValues(given.ExpressionAttributeValues);
  }

  condition(kind: ConditionKind, source: string | undefined): Condition | undefined {
    if (source === undefined) return undefined;
    const parsed = conditionParsers[kind](source);
    this.#use(parsed);
    checkCondition(parsed, this.#bound);
    return parsed.tree;
  }

  update(source: string | undefined): Update | undefined {
    if (source === undefined) return undefined;
    const parsed = updateParser(source);
    this.#use(parsed);
    checkUpdate(parsed, this.#bound);
    return parsed.tree;
  }

  projection(source: string | undefined): readonly Path[] | undefined {
    if (source === undefined) return undefined;
    const parsed = projectionParser(source);
    this.#use(parsed);
    checkOverlaps('ProjectionExpression', parsed.tree, this.#names);
    return parsed.tree;
  }

  bindings(): Bindings {
    if (!this.#hasExpressions) {
      for (const member of ['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const) {
        if (this.#given[member] === undefined) continue;
        throw invalid(`${member} can only be specified when using expressions`);
      }
    }
    this.#refuseUnused('ExpressionAttributeNames', this.#names);
    this.#refuseUnused('ExpressionAttributeValues', this.#values);
    return this.#bound;
  }

  get #bound(): Bindings {
    return { names: this.#names, values: this.#values };
  }

  #use({ kind, names, values }: Parsed<unknown>): void {
    this.#hasExpressions = true;
    for (const name of names) {
      if (!Object.hasOwn(this.#names, name)) {
        throw invalid(
          `Invalid ${kind}: An expression attribute name used in the document path is not defined; attribute name: ${name}`,
        );
      }
      this.#used.add(name);
    }
    for (const value of values) {
      if (!Object.hasOwn(this.#values, value)) {
        throw invalid(
          `Invalid ${kind}: An expression attribute value used in expression is not defined; attribute value: ${value}`,
        );
      }
      this.#used.add(value);
    }
  }

  #refuseUnused(member: string, defined: Readonly<Record<string, unknown>>): void {
    const unused = Object.keys(defined).filter((placeholder) => !this.#used.has(placeholder));
    if (unused.length === 0) return;
    throw invalid(
      `Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`,
    );
  }
}

function checkedNames(given: Record<string, string> = {}): Readonly<Record<string, string>> {
  for (const placeholder in given) {
    if (!/^#[A-Za-z0-9_]+$/.test(placeholder)) throw badKey('Names', placeholder);
  }
  return given;
}

function checkedValues(
  given: Record<string, unknown> | undefined,
): Readonly<Record<string, AttributeValue>> {
  const values = noAttributes();
  if (given === undefined) return values;
  const placeholders = Object.keys(given);
  if (placeholders.length === 0) throw invalid('ExpressionAttributeValues must not be empty');
  for (const placeholder of placeholders) {
    if (!/^:[A-Za-z0-9_]+$/.test(placeholder)) throw badKey('Values', placeholder);
    values[placeholder] = normalizeValue(given[placeholder]);
  }
  return values;
}

const badKey = (member: string, placeholder: string) =>
  invalid(`ExpressionAttribute${member} contains invalid key: Syntax error; key: "${placeholder}"`);
