import { intrinsicOf, isObject, type ResourceJson, type TemplateJson } from './template-json.ts';

/** What AWS lets a stack, a function and a role have. None of these quotas can be raised. */
const quotas = {
  templateBytes: 1_000_000,
  resources: 500,
  outputs: 200,
  environmentBytes: 4096,
  functionPolicyBytes: 20_480,
  rolePolicyBytes: 10_240,
};

/** Names and ARNs that the deployment makes up are taken for this long. */
const madeUp = 'x'.repeat(80);

/** The quotas that a template is over, one line each. */
export function overQuota(template: TemplateJson): string[] {
  const { Resources, Outputs = {} } = template;
  return [
    ...over('the template', JSON.stringify(template).length, quotas.templateBytes),
    ...over('the resources', Object.keys(Resources).length, quotas.resources),
    ...over('the outputs', Object.keys(Outputs).length, quotas.outputs),
    ...environments(Resources),
    ...summedBy(functionCalled, permissionBytes, quotas.functionPolicyBytes, Resources),
    ...summedBy(rolesAllowed, policyBytes, quotas.rolePolicyBytes, Resources),
  ];
}

type Resources = TemplateJson['Resources'];

const over = (what: string, size: number, quota: number): string[] =>
  size > quota ? [`${what}: ${size} of ${quota}`] : [];

function environments(resources: Resources): string[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (Type !== 'AWS::Lambda::Function' || !isObject(Properties.Environment)) return [];
    const text = textOf(Properties.Environment.Variables);
    return over(`the environment of ${id}`, text.length, quotas.environmentBytes);
  });
}

/** Sums up what several resources add to one policy. */
function summedBy(
  ownersOf: (resource: ResourceJson) => string[],
  bytesOf: (id: string, resource: ResourceJson) => number,
  quota: number,
  resources: Resources,
): string[] {
  const sums = new Map<string, number>();
  for (const [id, resource] of Object.entries(resources)) {
    for (const owner of ownersOf(resource)) {
      sums.set(owner, (sums.get(owner) ?? 0) + bytesOf(id, resource));
    }
  }
  return [...sums].flatMap(([owner, sum]) => over(`the policy of ${owner}`, sum, quota));
}

const functionCalled = ({ Type, Properties = {} }: ResourceJson): string[] =>
  Type === 'AWS::Lambda::Permission' ? [JSON.stringify(Properties.FunctionName)] : [];

/** A statement as Lambda keeps it: with an id of stack, resource and 12 letters. */
function permissionBytes(id: string, { Properties = {} }: ResourceJson): number {
  const { Principal = '', SourceArn = '', Action = '' } = Properties;
  const statement = {
    Sid: `${madeUp}-${id}-XXXXXXXXXXXX`,
    Effect: 'Allow',
    Principal: { Service: textOf(Principal) },
    Action: textOf(Action),
    Resource: madeUp,
    Condition: { ArnLike: { 'AWS:SourceArn': textOf(SourceArn) } },
  };
  return JSON.stringify(statement).length;
}

const rolesAllowed = ({ Type, Properties = {} }: ResourceJson): string[] =>
  Type === 'AWS::IAM::Policy' ? [Properties.Roles].flat().map((role) => JSON.stringify(role)) : [];

const policyBytes = (_: string, { Properties = {} }: ResourceJson): number =>
  textOf(Properties.PolicyDocument).length;

/** A value as JSON, with something of a likely length for what only the deployment knows. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(filledIn(value)) ?? '');
}

function filledIn(value: unknown): unknown {
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    const parts: unknown[] = Array.isArray(argument[1]) ? argument[1] : [];
    return parts.map((part) => textOf(filledIn(part))).join(String(argument[0]));
  }
  if (name !== undefined) return /^AWS::/.test(String(argument)) ? '123456789012' : madeUp;
  if (Array.isArray(value)) return value.map(filledIn);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledIn(item)]));
}
