import { describe, expect, it } from 'vitest';
import { render } from './support/render.ts';
import { synthesize } from './support/synthesize.ts';

/** The token rules of the functions that verify tokens; all must be the same. */
function tokenRules(template: ReturnType<typeof synthesize>): string[] {
  const rules = Object.values(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => Properties.Environment.Variables)
    .filter((variables) => 'TOKEN_ISSUER' in variables)
    .map((each) => [
      ...[each.TOKEN_ISSUER, each.TOKEN_AUDIENCE, each.TOKEN_JWKS_URI].map(render),
      each.TOKEN_USER_ID_CLAIM,
    ]);
  expect(rules).toHaveLength(2);
  expect(rules[0]).toEqual(rules[1]);
  return rules[0] ?? [];
}

/** What functions take for the audience of a service token: that of HTTP alone is told, if any. */
const serviceAudiences = (template: ReturnType<typeof synthesize>): string[] =>
  Object.values(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => Properties.Environment.Variables)
    .flatMap(({ SERVICE_TOKEN_AUDIENCE: each }) => (each === undefined ? [] : [render(each)]));

function clientsOf(template: ReturnType<typeof synthesize>) {
  return Object.values(template.findResources('AWS::Cognito::UserPoolClient')).map(
    ({ Properties }) => Properties,
  );
}

describe('without an issuer', () => {
  const template = synthesize();

  it('the stack makes a user pool and accepts its tokens', () => {
    const pool = '<IdentityUserPool.ProviderURL>';
    expect(tokenRules(template)).toEqual([
      pool,
      '<IdentityUserPoolClient>',
      `${pool}/.well-known/jwks.json`,
      'sub',
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

  it('its users have strong passwords, which its client takes only where the page needs it', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          RequireUppercase: true,
        },
      },
    });
    const flowsOf = (stack: ReturnType<typeof synthesize>) =>
      clientsOf(stack).map(({ ExplicitAuthFlows }) => ExplicitAuthFlows.sort());
    const refresh = 'ALLOW_REFRESH_TOKEN_AUTH';
    const srp = 'ALLOW_USER_SRP_AUTH';
    const service = [refresh];
    expect(flowsOf(template)).toEqual([[refresh, 'ALLOW_USER_PASSWORD_AUTH', srp], service]);
    expect(flowsOf(synthesize({ demoPage: 'false' }))).toEqual([[refresh, srp], service]);
  });

  it('a backend gets tokens of its own, with the scope of the protocol', () => {
    const [people, service] = clientsOf(template);
    expect(people).toMatchObject({ GenerateSecret: false, AllowedOAuthFlowsUserPoolClient: false });
    expect(service).toMatchObject({
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
    });
    expect(service?.AllowedOAuthScopes.map(render)).toEqual(['<IdentityUserPoolApi>/service']);
    template.hasResourceProperties('AWS::Cognito::UserPoolResourceServer', {
      Identifier: 'seenby',
      Scopes: [{ ScopeName: 'service' }],
    });
    const { ServiceTokenUrl } = template.toJSON().Outputs;
    expect(render(ServiceTokenUrl.Value)).toBe(
      'https://<IdentityUserPoolDomain>.auth.<AWS::Region>.amazoncognito.com/oauth2/token',
    );
    expect(serviceAudiences(template)).toEqual(['<IdentityUserPoolServiceClient>']);
    const without = synthesize({ serviceClient: 'false' });
    expect(serviceAudiences(without)).toEqual([]);
    expect(clientsOf(without)).toHaveLength(1);
    without.resourceCountIs('AWS::Cognito::UserPoolDomain', 0);
    expect(without.findOutputs('Service*')).toEqual({});
  });

  it('its domain is another for each account and stack, whatever they are called', () => {
    const prefixOf = (stackName: string) => {
      const domains = synthesize({ stackName }).findResources('AWS::Cognito::UserPoolDomain');
      return Object.values(domains).map(({ Properties }) => render(Properties.Domain))[0];
    };
    expect(prefixOf('Aws-Cognito')).toMatch(/^seenby-[0-9a-f]{8}-<AWS::AccountId>$/);
    expect(prefixOf('Other')).not.toBe(prefixOf('Aws-Cognito'));
  });
});

describe('with an issuer', () => {
  const own = { issuer: 'https://login.example.com/', audience: 'seenby' };

  it('there is no user pool, and the keys are where the issuer publishes them', () => {
    const template = synthesize(own);
    template.resourceCountIs('AWS::Cognito::UserPool', 0);
    template.resourceCountIs('AWS::Cognito::UserPoolClient', 0);
    expect(serviceAudiences(template)).toEqual([]);
    expect(template.findOutputs('UserPool*')).toEqual({});
    expect(tokenRules(template)).toEqual([
      'https://login.example.com/',
      'seenby',
      'https://login.example.com/.well-known/jwks.json',
      'sub',
    ]);
  });

  it('a claim of its tokens other than sub may say who the user is', () => {
    const userIdClaim = 'https://example.com/userId';
    expect(tokenRules(synthesize({ ...own, userIdClaim }))).toContain(userIdClaim);
  });

  it('the keys may be elsewhere', () => {
    const jwksUri = 'http://localhost:3000/jwks';
    expect(tokenRules(synthesize({ ...own, jwksUri }))).toContain(jwksUri);
  });
});
