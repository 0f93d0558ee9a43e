import { schemaOf } from './aws-schemas.ts';
import { intrinsicOf, isObject, type ResourceJson, type TemplateJson } from './template-json.ts';

/** References of a template to what does not exist, or has no such attribute: one line each. */
export function referenceProblems(template: TemplateJson): string[] {
  const { Resources, Parameters = {}, Outputs = {} } = template;
  const isKnown = (name: string) =>
    Object.hasOwn(Resources, name) || Object.hasOwn(Parameters, name) || name.startsWith('AWS::');
  const waits = Object.entries(Resources).flatMap(([id, { DependsOn = [] }]) =>
    [DependsOn]
      .flat()
      .filter((name) => !Object.hasOwn(Resources, name))
      .map((name) => `${id} depends on ${name}, which does not exist`),
  );
  const problems = [...referencesIn({ Resources, Outputs })].flatMap(({ name, attribute }) => {
    if (!isKnown(name)) return [`${name} does not exist`];
    if (attribute === undefined || hasAttribute(Resources[name]?.Type ?? '', attribute)) return [];
    return [`${name} (${Resources[name]?.Type}) has no attribute ${attribute}`];
  });
  return [...waits, ...problems];
}

/** A custom resource gives what its function answers. */
function hasAttribute(resourceType: string, attribute: string): boolean {
  if (resourceType.startsWith('Custom::')) return true;
  return Object.hasOwn(schemaOf(resourceType)?.attributes ?? {}, attribute);
}

/** Resources that wait for one another, as the loop that they make: CloudFormation makes none of them. */
export function circularWaits({ Resources }: TemplateJson): string[] {
  const done = new Set<string>();
  const visit = (id: string, trail: readonly string[]): string[] => {
    if (trail.includes(id)) return [[...trail.slice(trail.indexOf(id)), id].join(' → ')];
    if (done.has(id)) return [];
    const loops = waitsFor(Resources[id]).flatMap((next) => visit(next, [...trail, id]));
    done.add(id);
    return loops;
  };
  return Object.keys(Resources).flatMap((id) => visit(id, []));
}

function waitsFor(resource: ResourceJson | undefined): string[] {
  const { DependsOn = [], ...rest } = resource ?? {};
  return [...[DependsOn].flat(), ...[...referencesIn(rest)].map(({ name }) => name)];
}

interface Reference {
  readonly name: string;
  readonly attribute?: string | undefined;
}

function* referencesIn(value: unknown): Generator<Reference> {
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === 'Ref') yield { name: String(argument) };
  else if (name === 'Fn::GetAtt') yield attributeReference(argument);
  else if (name === 'Fn::Sub') yield* substitutions(argument);
  const inner = isObject(value) || Array.isArray(value) ? Object.values(value) : [];
  for (const each of inner) yield* referencesIn(each);
}

function attributeReference(argument: unknown): Reference {
  const [name = '', ...attribute] = Array.isArray(argument)
    ? argument.map(String)
    : String(argument).split('.');
  return { name, attribute: attribute.join('.') };
}

function* substitutions(argument: unknown): Generator<Reference> {
  const [text, given = {}] = Array.isArray(argument) ? argument : [argument];
  for (const [, name = ''] of String(text).matchAll(/\$\{([^!}]+)\}/g)) {
    if (isObject(given) && Object.hasOwn(given, name)) continue;
    yield name.includes('.') ? attributeReference(name) : { name };
  }
}
