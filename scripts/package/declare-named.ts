import * as entities from '@seenby/protocol/entities.ts';
import * as events from '@seenby/protocol/events/service-events.ts';
import * as z from 'zod/mini';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * What has a name in the protocol as plain declarations, by the file. Their types are inferred from schemas, which
 * whoever uses a package need not have.
 */
export function namedDeclarations(): Record<string, string> {
  const { schemas } = z.toJSONSchema(z.globalRegistry);
  const declare = (module: object) =>
    namesIn(module)
      .map((name) => declaration(name, schemas[name] ?? {}))
      .join('\n');
  const ofEvents = declare(events);
  const used = namesIn(entities).filter((name) => new RegExp(`\\b${name}\\b`).test(ofEvents));
  return {
    'entities.d.ts': `${declare(entities)}\n`,
    'events/service-events.d.ts': `import type { ${used.join(', ')} } from '../entities.ts';\n${ofEvents}\n`,
  };
}

function namesIn(module: object): string[] {
  const values = Object.values(module);
  const all = values.flatMap((value) => [value, ...(isTable(value) ? Object.values(value) : [])]);
  return [...new Set(all.flatMap((value) => nameOf(value) ?? []))];
}

/** Several schemas, by the type of what they describe. */
const isTable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof z.ZodMiniType);

const nameOf = (value: unknown): string | undefined =>
  value instanceof z.ZodMiniType ? z.globalRegistry.get(value)?.id : undefined;

function declaration(name: string, schema: JsonSchema): string {
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
  if (constant !== undefined) return typeof constant === 'string' ? `'${constant}'` : `${constant}`;
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
