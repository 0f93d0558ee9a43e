import * as z from 'zod/mini';

export type Json = { [key: string]: unknown };

/** `sent` is what the service checks; of what it answers, a client ignores fields that it does not know. */
export type Direction = 'sent' | 'parsed' | 'answered';

const refPrefix = '#/components/schemas/';

/** JSON schemas of one document. What is registered under a name stands once, and is referred to. */
export class Components {
  readonly schemas: Json = {};

  /** `parsed` describes values as they are after parsing, such as the numbers of a query. */
  describe(schema: z.core.$ZodType, direction: Direction): Json {
    // Wrapped, so that a registered schema becomes a reference.
    const { properties, $defs = {} } = z.toJSONSchema(z.strictObject({ schema }), {
      io: direction === 'sent' ? 'input' : 'output',
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        if (direction === 'answered') delete jsonSchema.additionalProperties;
      },
    });
    for (const [name, definition] of Object.entries($defs)) {
      const { id: _id, ...described } = definition as Json;
      this.schemas[name] = withOwnRefs(described);
    }
    return withOwnRefs((properties as Json).schema) as Json;
  }
}

/** Every schema of a document refers to the same components. */
function withOwnRefs(value: unknown): unknown {
  const text = JSON.stringify(value);
  return JSON.parse(text.replaceAll('"#/$defs/', `"${refPrefix}`));
}

export const sorted = (values: Json): Json =>
  Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
