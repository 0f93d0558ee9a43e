import * as z from 'zod/mini';
import { edgeIds, numbers, texts } from './odd-values.ts';
import type { RandomSource } from './random-source.ts';

/** A JSON schema, as far as the schemas of requests use it. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  pattern?: string;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/** What there is: ids that mean something are picked from here. */
export interface Known {
  groupIds: readonly string[];
  userIds: readonly string[];
  /** Of the messages that most groups have. */
  maxSeq: number;
  /** Cursors and sync tokens that were given out, to whoever it was. */
  cursors: string[];
}

export const toJsonSchema = (schema: z.core.$ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

/** Values as a schema has them, by the names of their fields from what there is. */
export class ValueGenerator {
  readonly #random: RandomSource;
  readonly #known: Known;

  constructor(random: RandomSource, known: Known) {
    this.#random = random;
    this.#known = known;
  }

  generate(schema: JsonSchema, name = '', defs = schema.$defs ?? {}): unknown {
    if (schema.$ref !== undefined) {
      return this.generate(defs[schema.$ref.split('/').at(-1) ?? ''] ?? {}, name, defs);
    }
    if ('const' in schema) return schema.const;
    if (schema.enum) return this.#random.pick(schema.enum);
    if (schema.anyOf) return this.generate(this.#random.pick(schema.anyOf), name, defs);
    if (schema.properties) return this.#object(schema, defs);
    if (schema.items) return this.#array(schema, schema.items, name, defs);
    return this.#scalar(schema, name);
  }

  #object(
    { properties = {}, required = [] }: JsonSchema,
    defs: Record<string, JsonSchema>,
  ): object {
    const given = Object.entries(properties).filter(
      ([name]) => required.includes(name) || this.#random.chance(0.35),
    );
    return Object.fromEntries(
      given.map(([name, property]) => [name, this.generate(property, name, defs)]),
    );
  }

  #array(
    { minItems = 0, maxItems = 3 }: JsonSchema,
    items: JsonSchema,
    name: string,
    defs: Record<string, JsonSchema>,
  ): unknown[] {
    const usual = Math.max(minItems, this.#random.below(3));
    const length = this.#random.chance(0.02) ? Math.min(maxItems + 1, 120) : usual;
    return Array.from({ length }, () => this.generate(items, name.replace(/s$/, ''), defs));
  }

  #scalar({ type, pattern, maxLength = 40 }: JsonSchema, name: string): unknown {
    const random = this.#random;
    if (type === 'boolean') return random.chance(0.5);
    if (type === 'integer' || type === 'number') return this.number();
    if (type === 'string' && pattern?.startsWith('^[0-9]')) return String(this.number());
    if (type === 'string') return this.#text(name).slice(0, maxLength);
    return { [random.pick(texts)]: random.pick(texts), list: [1, null] };
  }

  number(): number {
    return this.#random.chance(0.8)
      ? 1 + this.#random.below(this.#known.maxSeq)
      : this.#random.pick(numbers);
  }

  #text(name: string): string {
    const random = this.#random;
    const { groupIds, userIds, cursors } = this.#known;
    if (/^groupId/.test(name)) return this.id(groupIds);
    if (/^(userId|memberId|mention|ownerId)/.test(name)) return this.id(userIds);
    if (/^messageId/.test(name)) return `${this.id(groupIds)}.${this.number()}`;
    if (name === 'clientMessageId') return `m-${random.below(500)}`;
    if ((name === 'cursor' || name === 'since') && cursors.length > 0) return random.pick(cursors);
    if (name === 'picture') return 'https://example.com/a.png';
    return random.pick(texts) || 'x';
  }

  id(known: readonly string[]): string {
    return this.#random.chance(0.9) ? this.#random.pick(known) : this.#random.pick(edgeIds);
  }
}
