import { describe, expect, it } from 'vitest';
import { makeStack, synthesize } from './support/synthesize.ts';

describe('the stack', () => {
  it('carries the tags that are set, and hands them on by CloudFormation', () => {
    const tagsOf = (settings: object) => makeStack({ ...settings }).tags.tagValues();
    expect(tagsOf({})).toEqual({});
    expect(tagsOf({ tags: 'team=chat, stage=test' })).toEqual({ team: 'chat', stage: 'test' });
  });

  it('is protected from deletion where that is set', () => {
    expect(makeStack().terminationProtection).toBe(false);
    expect(makeStack({ terminationProtection: 'true' }).terminationProtection).toBe(true);
  });
});

describe('what outlives the stack', () => {
  const policies = Object.values<{ DeletionPolicy?: string; UpdateReplacePolicy?: string }>(
    synthesize({ archive: 'true' }).toJSON().Resources,
  ).filter(({ UpdateReplacePolicy }) => UpdateReplacePolicy === 'Retain');

  it('does not outlive a first deployment that fails, and so is not in the way of the next', () => {
    expect(policies.length).toBeGreaterThan(5);
    for (const { DeletionPolicy } of policies) expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  });
});

describe('tracing', () => {
  const modes = (stack: ReturnType<typeof synthesize>) =>
    Object.values(stack.findResources('AWS::Lambda::Function'))
      .filter(({ Properties }) => Properties.Runtime.startsWith('nodejs'))
      .map(({ Properties }) => Properties.TracingConfig?.Mode);

  it('is off unless set', () => {
    expect(new Set(modes(synthesize()))).toEqual(new Set([undefined]));
  });

  it('covers every function of the service', () => {
    expect(new Set(modes(synthesize({ tracing: 'true' })))).toEqual(new Set(['Active']));
  });
});

describe('the class of logs', () => {
  const logs = { apiGatewayLogRole: 'existing', demoPage: 'false' };
  const groups = (accessLogClass: string) =>
    Object.entries(
      synthesize({ ...logs, accessLogClass }).findResources('AWS::Logs::LogGroup'),
    ).map(([id, { Properties }]) => ({ id, LogGroupClass: Properties.LogGroupClass }));

  it('is the cheaper one for access logs only: metrics are taken from the others', () => {
    const rare = groups('infrequentAccess').filter(({ LogGroupClass }) => LogGroupClass);
    expect(rare.map(({ LogGroupClass }) => LogGroupClass)).toEqual(
      Array(2).fill('INFREQUENT_ACCESS'),
    );
    for (const { id } of rare) expect(id).toMatch(/^(Http|WebSocket)Api/);
    expect(groups('standard').filter(({ LogGroupClass }) => LogGroupClass)).toEqual([]);
  });

  it('is for life, so that with another class each is another log group', () => {
    const idsOf = (accessLogClass: string) =>
      groups(accessLogClass).flatMap(({ id }) => (/^(Http|WebSocket)Api/.test(id) ? [id] : []));
    for (const id of idsOf('infrequentAccess')) expect(idsOf('standard')).not.toContain(id);
  });
});
