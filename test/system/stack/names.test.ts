import { expect, it } from 'vitest';
import { combinations } from '../../unit/stack/support/combinations.ts';
import { synthesize } from '../../unit/stack/support/synthesize.ts';
import { isObject, type TemplateJson } from '../../unit/stack/support/template-json.ts';

/** Names within another resource, or that may be there twice. */
const harmless = [
  'AWS::ApiGatewayV2::Api.Name',
  'AWS::ApiGatewayV2::ApiMapping.DomainName',
  'AWS::ApiGatewayV2::Authorizer.Name',
  'AWS::ApiGatewayV2::DomainName.DomainName',
  'AWS::ApiGatewayV2::Stage.StageName',
  'AWS::Cognito::UserPoolResourceServer.Name',
  'AWS::IAM::Policy.PolicyName',
  'AWS::Lambda::Alias.Name',
  'AWS::Route53::RecordSet.Name',
];

/** Properties that name a resource, at the top or in its one configuration. */
function chosenNames(stackName: string, settings: object): Map<string, string> {
  const { Resources } = synthesize({ ...settings, stackName }).toJSON() as TemplateJson;
  const names = Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) =>
    [Properties, ...Object.values(Properties).filter(isObject)]
      .flatMap((level) => Object.entries(level))
      .filter(
        ([key, value]) => /^(\w*Name|Domain)$/.test(key) && !refersToResource(value, Resources),
      )
      .filter(([key]) => Type.startsWith('AWS::') && !harmless.includes(`${Type}.${key}`))
      .filter(([key]) => !/^(Attribute|Metric|DeploymentConfig)Name$/.test(key))
      .map(([key, value]): [string, string] => [`${id}.${key}`, JSON.stringify(value)]),
  );
  return new Map(names);
}

function refersToResource(value: unknown, resources: TemplateJson['Resources']): boolean {
  const text = JSON.stringify(value);
  return Object.keys(resources).some((id) => text.includes(`"${id}"`));
}

const full = Object.entries(combinations).filter(([kind]) => kind.startsWith('everything on'));

it.each(full)('two stacks in one account are in no way of each other, %s', (_, settings) => {
  const first = chosenNames('First', settings);
  const second = chosenNames('Second', settings);
  expect(first.size).toBe(second.size);
  const taken = new Set(second.values());
  expect([...first].filter(([, name]) => taken.has(name))).toEqual([]);
});

it('there are such names: the check looks at something', () => {
  const names = [...chosenNames('First', { events: 'true' }).keys()].map((name) =>
    name.replace(/[0-9A-F]{8}/, ''),
  );
  expect(names).toEqual([
    'IdentityUserPoolDomain.Domain',
    'DemoPageAccess.Name',
    'DemoPageHeaders.Name',
    'DemoPageFolderIndex.Name',
    'EventsBus.Name',
    'AlarmsAvailabilityBurn.AlarmName',
    'AlarmsAuthorBurn.AlarmName',
    'AlarmsConvergenceBurn.AlarmName',
  ]);
});
