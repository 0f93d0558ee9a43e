import { describe, expect, it } from 'vitest';
import { synthesize } from '../support/synthesize.ts';
import { isObject } from '../support/template-json.ts';

const template = synthesize({ rollout: 'canary', demoPage: 'false' });
const functions = ['Authorizer', 'FanOut', 'Http', 'Maintenance', 'Push', 'Recorder', 'Socket'];

const propertiesOf = (type: string) =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

/** The functions and aliases that a value refers to, each once. */
function calledBy(value: unknown): string[] {
  const inner =
    isObject(value) || Array.isArray(value) ? Object.values(value).flatMap(calledBy) : [];
  const own = isObject(value) ? [value.Ref, [value['Fn::GetAtt']].flat()[0]] : [];
  const names = own.map((id) => String(id).replace(/[0-9A-F]{8}$/, ''));
  return [...new Set([...inner, ...names.filter((name) => isCallable.test(name))])];
}
const isCallable = new RegExp(`^(${functions.join('|')})(Alias)?$`);

const callers: [what: string, values: unknown[]][] = [
  ['routes', propertiesOf('AWS::ApiGatewayV2::Integration').map((each) => each.IntegrationUri)],
  [
    'the authorizer',
    propertiesOf('AWS::ApiGatewayV2::Authorizer').map((each) => each.AuthorizerUri),
  ],
  [
    'event source mappings',
    propertiesOf('AWS::Lambda::EventSourceMapping').map((each) => each.FunctionName),
  ],
  ['the schedule', propertiesOf('AWS::Events::Rule').map((each) => each.Targets)],
  ['permissions', propertiesOf('AWS::Lambda::Permission').map((each) => each.FunctionName)],
];

describe('a gradual rollout', () => {
  it.each(callers)('has %s call aliases, never a function itself', (_, values) => {
    expect(values.length).toBeGreaterThan(0);
    const called = values.flatMap(calledBy);
    expect(called.length).toBeGreaterThan(0);
    for (const name of called) expect(name).toMatch(/Alias$/);
  });

  it('moves the alias of every function, and back when an alarm fires', () => {
    const aliases = Object.entries(template.findResources('AWS::Lambda::Alias'));
    expect(aliases.map(([id]) => id.replace(/Alias[0-9A-F]{8}$/, '')).sort()).toEqual(functions);
    const groups = template.findResources('AWS::CodeDeploy::DeploymentGroup');
    for (const [, alias] of aliases) {
      const { DeploymentGroupName } = alias.UpdatePolicy.CodeDeployLambdaAliasUpdate;
      const group = groups[DeploymentGroupName.Ref]?.Properties;
      expect(group).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
      });
      // Ten are as many as CodeDeploy watches.
      const alarms = group.AlarmConfiguration.Alarms.flatMap(
        ({ Name }: { Name: { Ref: string } }) =>
          Object.keys(template.findResources('AWS::CloudWatch::Alarm')).filter(
            (id) => id === Name.Ref,
          ),
      );
      expect(alarms.length).toBeGreaterThanOrEqual(3);
      expect(alarms.length).toBeLessThanOrEqual(10);
    }
  });

  it('may be linear, and is nothing but functions unless it is asked for', () => {
    synthesize({ rollout: 'linear' }).hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      DeploymentConfigName: 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
    });
    const atOnce = synthesize();
    for (const type of [
      'AWS::Lambda::Alias',
      'AWS::Lambda::Version',
      'AWS::CodeDeploy::Application',
    ]) {
      atOnce.resourceCountIs(type, 0);
    }
  });
});
