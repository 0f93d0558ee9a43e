import type { RequestContext } from '@seenby/local-cloud/permissions/conditions.ts';
import { Permissions } from '@seenby/local-cloud/permissions/permissions.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { describe, expect, inject, it } from 'vitest';

interface Statement {
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}
interface Policy {
  PolicyDocument: { Statement: Statement[] };
  Roles: string[];
}

const template = Template.read(inject('assemblyDir'));
const functionOf = new Map(
  template
    .resources<{ Role: string; Runtime: string }>('AWS::Lambda::Function')
    .filter(({ properties: { Runtime } }) => Runtime.startsWith('nodejs'))
    .map(({ logicalId, properties: { Role } }) => [Role.split('/').at(-1) ?? '', logicalId]),
);

/** Every action of the stack's functions on every resource, and where in its policy it is. */
const grants = template
  .resources<Policy>('AWS::IAM::Policy')
  .flatMap(({ logicalId, properties: { PolicyDocument, Roles } }) => {
    const functionId = functionOf.get(Roles[0] ?? '');
    if (functionId === undefined) return [];
    return PolicyDocument.Statement.flatMap((statement, index) =>
      [statement.Action].flat().flatMap((action) =>
        [statement.Resource].flat().map((resource) => ({
          ...{ functionId, action, resource, policyId: logicalId, index },
          context: contextOf(statement),
        })),
      ),
    );
  });

type Removed = (typeof grants)[number];

/** A request that the statement covers, and, by its keys, no other does. */
function contextOf({ Condition = {} }: Statement): RequestContext {
  const leading = Object.values(Condition).flatMap((keys) => keys['dynamodb:LeadingKeys'] ?? []);
  return { 'dynamodb:leadingkeys': leading.map((pattern) => pattern.replaceAll('*', 'x')) };
}

function without({ policyId, index, action, resource }: Removed): Permissions {
  const resources = ((type: string) =>
    template.resources(type).map((each) => {
      if (each.logicalId !== policyId) return each;
      const statements = (each.properties as unknown as Policy).PolicyDocument.Statement;
      const edited = statements.flatMap((statement, at) =>
        at === index ? withoutGrant(statement, action, resource) : [statement],
      );
      return { ...each, properties: { ...each.properties, PolicyDocument: { Statement: edited } } };
    })) as Template['resources'];
  return new Permissions({ resources, resolve: (value) => template.resolve(value) }, () => {});
}

/** The rest of a statement: its other actions, and this one on the other resources. */
function withoutGrant(statement: Statement, action: string, resource: string): Statement[] {
  const Action = [statement.Action].flat().filter((one) => one !== action);
  const Resource = [statement.Resource].flat().filter((one) => one !== resource);
  return [
    { ...statement, Action },
    { ...statement, Action: action, Resource },
  ].filter((rest) => [rest.Action].flat().length > 0 && [rest.Resource].flat().length > 0);
}

describe('[AW1] each grant of each function', () => {
  it.each(grants)('$functionId: $action on $resource', (grant) => {
    const { functionId, action, context } = grant;
    const need = { action, resource: grant.resource.replaceAll('*', 'x'), context };
    expect(new Permissions(template, () => {}).refusalOf(functionId, need)).toBeUndefined();
    expect(without(grant).refusalOf(functionId, need)).toContain(`to perform: ${action} on`);
  });
});
