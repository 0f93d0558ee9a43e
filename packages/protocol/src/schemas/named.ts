import * as z from 'zod/mini';

/** Registers a schema under its name, by which the generated documents and the published types know it. */
export function named<S extends z.ZodMiniType>(id: string, schema: S, description?: string): S {
  z.globalRegistry.add(schema, { id, ...(description && { description }) });
  return schema;
}
