import { describe, expect, it } from 'vitest';
import { render } from './render.ts';
import { synthesize } from './synthesize.ts';

/** The token rules of the functions that verify tokens; all must be the same. */
function tokenRules(template: ReturnType<typeof synthesize>): string[] {
  const rules = Object.values(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => Properties.Environment.Variables)
    .filter((variables) => 'TOKEN_ISSUER' in variables)
    .map((each) => [each.TOKEN_ISSUER, each.TOKEN_AUDIENCE, each.TOKEN_JWKS_URI].map(render));
  expect(rules).toHaveLength(2);
  expect(rules[0]).toEqual(rules[1]);
  return rules[0] ?? [];
}

describe('without an issuer', () => {
  const template = synthesize();

  it('the stack makes a user pool and accepts its tokens', () => {
    const pool = '<IdentityUserPool.ProviderURL>';
    expect(tokenRules(template)).toEqual([
      pool,
      '<IdentityUserPoolClient>',
      `${pool}/.well-known/jwks.json`,
    ]);
    template.hasOutput('UserPoolId', {});
    template.hasOutput('UserPoolClientId', {});
  });

  it('nobody registers there by himself unless allowed', () => {
    const adminOnly = (only: boolean) => ({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: only },
    });
    template.hasResourceProperties('AWS::Cognito::UserPool', adminOnly(true));
    const open = synthesize({ selfSignUp: 'true' });
    open.hasResourceProperties('AWS::Cognito::UserPool', adminOnly(false));
  });
  it('its client takes passwords directly only where the page needs it', () => {
    const flowsOf = (stack: ReturnType<typeof synthesize>) =>
      Object.values(stack.findResources('AWS::Cognito::UserPoolClient')).flatMap(
        ({ Properties }) => Properties.ExplicitAuthFlows,
      );
    expect(flowsOf(template)).toContain('ALLOW_USER_PASSWORD_AUTH');
    expect(flowsOf(synthesize({ demoPage: 'false' }))).not.toContain('ALLOW_USER_PASSWORD_AUTH');
  });
});

describe('with an issuer', () => {
  const own = { issuer: 'https://login.example.com/', audience: 'seenby' };

  it('there is no user pool, and the keys are where the issuer publishes them', () => {
    const template = synthesize(own);
    template.resourceCountIs('AWS::Cognito::UserPool', 0);
    template.resourceCountIs('AWS::Cognito::UserPoolClient', 0);
    expect(template.findOutputs('UserPool*')).toEqual({});
    expect(tokenRules(template)).toEqual([
      'https://login.example.com/',
      'seenby',
      'https://login.example.com/.well-known/jwks.json',
    ]);
  });

  it('the keys may be elsewhere', () => {
    const jwksUri = 'http://localhost:3000/jwks';
    expect(tokenRules(synthesize({ ...own, jwksUri }))).toContain(jwksUri);
  });
});
