import type { Json } from '../components.ts';

const refPrefix = '#/components/schemas/';

/** A schema in a few words, for a cell of a table: `text, 1–100 characters`. */
export function textOfSchema(schema: Json): string {
  const text = kindOf(schema);
  const usual = schema.default === undefined ? '' : `; \`${schema.default}\` by default`;
  return `${text}${usual}`;
}

function kindOf(schema: Json): string {
  const { $ref, const: constant, enum: values, anyOf, type } = schema;
  if (typeof $ref === 'string') return linkTo($ref.slice(refPrefix.length));
  if (constant !== undefined) return `\`${constant}\``;
  if (Array.isArray(values)) return values.map((value) => `\`${value}\``).join(', ');
  if (Array.isArray(anyOf)) return anyOf.map((each) => textOfSchema(each as Json)).join(', or ');
  if (type === 'array') return arrayOf(schema);
  if (type === 'string') return stringOf(schema);
  if (type === 'integer' || type === 'number') return numberOf(schema);
  if (type === 'object') return objectOf(schema);
  if (type === 'boolean') return '`true`, `false`';
  return type === 'null' ? '`null`' : 'any value';
}

const linkTo = (name: string): string => `[${name}](#${name.toLowerCase()})`;

function arrayOf({ items, minItems, maxItems }: Json): string {
  const count = countOf(minItems, maxItems, '');
  return `list of ${textOfSchema((items ?? {}) as Json)}${count && ` (${count})`}`;
}

function stringOf({ pattern, minLength, maxLength, format }: Json): string {
  if (typeof pattern === 'string') return pattern.includes('\\.') ? 'messageId' : 'id';
  const count = countOf(minLength, maxLength, ' characters');
  return `text${format === undefined ? '' : ` (${format})`}${count && `, ${count}`}`;
}

function numberOf({ type, minimum, maximum }: Json): string {
  const isOpen = maximum === undefined || Number(maximum) >= Number.MAX_SAFE_INTEGER;
  const range = isOpen ? `from ${minimum ?? 0} on` : `${minimum ?? 0}–${maximum}`;
  return `${type === 'integer' ? 'whole number' : 'number'}, ${range}`;
}

function objectOf({ properties, required }: Json): string {
  if (!properties) return 'JSON object';
  const names = new Set(required as string[] | undefined);
  const fields = Object.entries(properties as Json).map(([name, schema]) => {
    return `${name}${names.has(name) ? '' : '?'}: ${textOfSchema(schema as Json)}`;
  });
  return `{${fields.join('; ')}}`;
}

function countOf(min: unknown, max: unknown, what: string): string {
  if (max === undefined) return min === undefined ? '' : `${min}${what} or more`;
  return min === undefined || min === 0 ? `${max}${what} at most` : `${min}–${max}${what}`;
}

/** The fields of an object as rows of a table. */
export function fieldTable(schema: Json, leftOut: readonly string[] = []): string[] {
  const { properties = {}, required = [] } = schema as { properties?: Json; required?: string[] };
  const rows = Object.entries(properties)
    .filter(([name]) => !leftOut.includes(name))
    .map(([name, field]) => {
      const { description = '' } = field as { description?: string };
      const mark = required.includes(name) ? '' : '?';
      return `| ${name}${mark} | ${escaped(textOfSchema(field as Json))} | ${escaped(description)} |`;
    });
  return rows.length === 0 ? [] : [['| Field | Value | |', '|---|---|---|', ...rows].join('\n')];
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');
