import * as z from 'zod/mini';

/** The fields of an object's schema, with a `?` behind each that may be absent. */
export function fieldsOf(schema: z.ZodMiniType): string[] {
  // Wrapped: a schema that has a name is a reference by itself.
  const { $defs, properties } = z.toJSONSchema(
    z.strictObject({ schema }),
  ) as z.core.JSONSchema.JSONSchema;
  const inner = properties?.schema as z.core.JSONSchema.JSONSchema;
  const { properties: fields = {}, required = [] } =
    $defs?.[inner.$ref?.split('/').at(-1) ?? ''] ?? inner;
  return Object.keys(fields).map((name) => (required.includes(name) ? name : `${name}?`));
}
