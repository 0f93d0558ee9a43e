import * as entities from '@seenby/protocol/entities.ts';
import * as z from 'zod/mini';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * The entities of the protocol as plain declarations. Their types are inferred from schemas, which
 * whoever uses the package need not have.
 */
export function declareEntities(): string {
  const { schemas } = z.toJSONSchema(z.globalRegistry);
  const names = Object.values(entities).flatMap((value) => nameOf(value) ?? []);
  return `${names.map((name) => declare(name, schemas[name] ?? {})).join('\n')}\n`;
}

const nameOf = (value: unknown): string | undefined =>
  value instanceof z.ZodMiniType ? z.globalRegistry.get(value)?.id : undefined;

function declare(name: string, schema: JsonSchema): string {
  const isObject = schema.type === 'object';
  const type = typeOf(schema, '');
  return `${commentOf(schema, '')}export ${isObject ? `interface ${name} ${type}` : `type ${name} = ${type};`}`;
}

const commentOf = ({ description }: JsonSchema, indent: string): string =>
  description === undefined ? '' : `${indent}/** ${description} */\n`;

function typeOf(schema: JsonSchema, indent: string): string {
  const { $ref, anyOf, const: constant, enum: values, type, items } = schema;
  if ($ref !== undefined) return $ref;
  if (anyOf) return anyOf.map((one) => typeOf(one as JsonSchema, indent)).join(' | ');
  if (constant !== undefined) return JSON.stringify(constant);
  if (values) return values.map((value) => `'${value}'`).join(' | ');
  if (type === 'array') return `${typeOf(items as JsonSchema, indent)}[]`;
  if (type === 'object') return objectOf(schema, indent);
  if (type === 'integer') return 'number';
  if (type === undefined) throw new Error(`No declaration for ${JSON.stringify(schema)}`);
  return String(type);
}

function objectOf(schema: JsonSchema, indent: string): string {
  const { properties, required = [] } = schema;
  if (!properties) return 'Record<string, unknown>';
  const inner = `${indent}    `;
  const lines = Object.entries(properties as Record<string, JsonSchema>).map(
    ([key, schema]) =>
      `${commentOf(schema, inner)}${inner}${key}${required.includes(key) ? '' : '?'}: ${typeOf(schema, inner)};\n`,
  );
  return `{\n${lines.join('')}${indent}}`;
}
