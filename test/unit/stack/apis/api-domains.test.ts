import { describe, expect, it } from 'vitest';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';

const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/0f8a';
const domains = {
  httpDomain: 'api.example.com',
  socketDomain: 'chat.example.com',
  certificateArn,
};
const template = synthesize({ ...domains, allowedOrigins: 'https://www.example.com' });
const outputs = (stack: typeof template): Record<string, { Value: unknown }> =>
  stack.toJSON().Outputs;

describe('domains of the APIs', () => {
  it('lead to the stages, under the given certificate', () => {
    const names = template.findResources('AWS::ApiGatewayV2::DomainName');
    expect(Object.values(names).map(({ Properties }) => Properties)).toEqual(
      ['chat.example.com', 'api.example.com'].map((DomainName) => ({
        DomainName,
        DomainNameConfigurations: [
          { CertificateArn: certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
        ],
      })),
    );
    const mappings = Object.values(template.findResources('AWS::ApiGatewayV2::ApiMapping'));
    const lines = mappings.map(({ Properties: { DomainName, ApiId, Stage, ApiMappingKey } }) =>
      [...[DomainName, ApiId, Stage].map(render), ApiMappingKey].join(' '),
    );
    expect(lines.sort()).toEqual([
      '<HttpApiDomainName> <HttpApi> $default ',
      '<WebSocketApiDomainName> <WebSocketApi> v1 ',
    ]);
  });

  it('are what the outputs and the page name', () => {
    expect(outputs(template).HttpUrl?.Value).toBe('https://api.example.com');
    expect(outputs(template).WebSocketUrl?.Value).toBe('wss://chat.example.com');
    const [policy] = Object.values(
      template.findResources('AWS::CloudFront::ResponseHeadersPolicy'),
    ).map(({ Properties }) => Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig);
    expect(render(policy.ContentSecurityPolicy.ContentSecurityPolicy)).toContain(
      "connect-src 'self' https://api.example.com wss://chat.example.com https://cognito-idp.",
    );
  });

  it("are no addresses to push to: that is the API's own", () => {
    const urls = Object.values(template.findResources('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment?.Variables?.CALLBACK_URL)
      .filter((url) => url !== undefined)
      .map(render);
    expect(new Set(urls)).toEqual(
      new Set(['https://<WebSocketApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>/v1']),
    );
  });

  it('have their records made where their zone is known, and told where to point elsewhere', () => {
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(render(outputs(template).HttpDomainTarget?.Value)).toBe(
      '<HttpApiDomainName.RegionalDomainName>',
    );
    expect(render(outputs(template).WebSocketDomainTarget?.Value)).toBe(
      '<WebSocketApiDomainName.RegionalDomainName>',
    );
    const zoned = synthesize({ ...domains, hostedZoneId: 'Z0123' });
    const records = Object.values(zoned.findResources('AWS::Route53::RecordSet'));
    expect(records.map(({ Properties }) => Properties)).toEqual(
      ['chat.example.com', 'api.example.com'].map((Name) =>
        expect.objectContaining({ Name, Type: 'A', HostedZoneId: 'Z0123' }),
      ),
    );
  });

  it('may be one only', () => {
    const one = synthesize({ socketDomain: 'chat.example.com', certificateArn });
    one.resourceCountIs('AWS::ApiGatewayV2::DomainName', 1);
    expect(render(outputs(one).HttpUrl?.Value)).toBe('<HttpApi.ApiEndpoint>');
    expect(outputs(one)).not.toHaveProperty('HttpDomainTarget');
  });
});
