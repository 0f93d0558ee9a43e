import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { intrinsicOf, isObject, type TemplateJson } from './template-json.ts';

const database = loadAwsServiceSpecSync();

/** AWS's own schema of a resource type. */
export function schemaOf(resourceType: string) {
  return database.lookup('resource', 'cloudFormationType', 'equals', resourceType).at(0);
}

type Properties = NonNullable<ReturnType<typeof schemaOf>>['properties'];
type PropertyType = Properties[string]['type'];

/** What AWS's schemas do not allow in a template: one line each. They know no lengths and patterns. */
export function schemaProblems({ Resources }: TemplateJson): string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties: given = {} }]) => {
    if (Type.startsWith('Custom::')) return [];
    const schema = schemaOf(Type);
    if (schema === undefined) return [`${id}: there is no type ${Type}`];
    return inProperties(`${id} (${Type})`, given, schema.properties);
  });
}

function inProperties(path: string, given: object, known: Properties): string[] {
  const missing = Object.entries(known)
    .filter(([name, { required }]) => required && !Object.hasOwn(given, name))
    .map(([name]) => `${path}: ${name} is missing`);
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const property = known[name];
    if (property === undefined) return [`${path}: there is no property ${name}`];
    return inValue(`${path}.${name}`, value, property.type);
  });
  return [...missing, ...wrong];
}

function inValue(path: string, value: unknown, type: PropertyType): string[] {
  // What a function gives is known at the deployment only.
  if (intrinsicOf(value)) return [];
  switch (type.type) {
    case 'string':
    case 'integer':
      return inPrimitive(path, value, type.type, type.allowedValues);
    case 'number':
    case 'boolean':
      return inPrimitive(path, value, type.type);
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) => inValue(`${path}[${index}]`, item, type.element))
        : [`${path} is no list`];
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, item]) =>
            inValue(`${path}.${key}`, item, type.element),
          )
        : [`${path} is no map`];
    case 'ref':
      return isObject(value)
        ? inProperties(path, value, database.get('typeDefinition', type.reference).properties)
        : [`${path} is no object`];
    case 'tag':
      return isObject(value) && 'Key' in value && 'Value' in value ? [] : [`${path} is no tag`];
    case 'union': {
      const tried = type.types.map((each) => inValue(path, value, each));
      return tried.find((problems) => problems.length === 0) ?? tried[0] ?? [];
    }
    default:
      // JSON, and dates as text.
      return [];
  }
}

function inPrimitive(
  path: string,
  value: unknown,
  type: 'string' | 'integer' | 'number' | 'boolean',
  allowed?: readonly unknown[],
): string[] {
  const isRight = type === 'integer' ? Number.isInteger(value) : typeof value === type;
  if (!isRight) return [`${path} is no ${type}: ${JSON.stringify(value)}`];
  if (allowed && !allowed.includes(value)) return [`${path} may not be ${JSON.stringify(value)}`];
  return [];
}
