import type { Template } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';
import {
  type FunctionAssociation,
  type RequestFunction,
  readRequestFunction,
} from './request-function.ts';

/** A CloudFront distribution in front of a bucket. */
export interface Distribution {
  /** The host that the deployed page would have. */
  domainName: string;
  bucketName: string;
  /** The key that is served for `/`. */
  rootObject: string;
  /** Whether files are compressed for those who take that. */
  compresses: boolean;
  /** Added to every answer. */
  headers: Readonly<Record<string, string>>;
  /** Runs before a file is looked for. */
  onRequest: RequestFunction | undefined;
}

interface DistributionConfig {
  DefaultRootObject?: string;
  DefaultCacheBehavior: {
    TargetOriginId: string;
    Compress?: boolean;
    ResponseHeadersPolicyId?: string;
    FunctionAssociations?: FunctionAssociation[];
  };
  Origins: { Id: string; DomainName: string }[];
}

/** The template's distribution, if it has one; throws one sentence about what cannot be run. */
export function readDistribution(template: Template): Distribution | undefined {
  const [distribution, ...others] = template.resources<{ DistributionConfig: DistributionConfig }>(
    'AWS::CloudFront::Distribution',
  );
  if (distribution === undefined) return undefined;
  if (others.length > 0) {
    throw new TemplateError('The template declares several distributions; one can be run.');
  }
  const { logicalId, properties } = distribution;
  const { DefaultRootObject = '', DefaultCacheBehavior, Origins } = properties.DistributionConfig;
  const origin = Origins.find(({ Id }) => Id === DefaultCacheBehavior.TargetOriginId);
  return {
    domainName: attributeOf(template, logicalId, 'DomainName'),
    bucketName: bucketBehind(template, origin?.DomainName),
    rootObject: DefaultRootObject,
    compresses: DefaultCacheBehavior.Compress === true,
    headers: headersOf(template, DefaultCacheBehavior.ResponseHeadersPolicyId),
    onRequest: readRequestFunction(template, DefaultCacheBehavior.FunctionAssociations),
  };
}

function bucketBehind(template: Template, domainName: string | undefined): string {
  const bucket = template
    .resources('AWS::S3::Bucket')
    .find(({ logicalId }) => attributeOf(template, logicalId, 'RegionalDomainName') === domainName);
  if (bucket) return String(template.resolve({ Ref: bucket.logicalId }));
  throw new TemplateError(`The distribution's origin ${domainName} is no bucket of the template.`);
}

interface HeadersPolicy {
  ResponseHeadersPolicyConfig: {
    SecurityHeadersConfig?: {
      ContentSecurityPolicy?: { ContentSecurityPolicy: string };
      ContentTypeOptions?: object;
      FrameOptions?: { FrameOption: string };
      ReferrerPolicy?: { ReferrerPolicy: string };
    };
  };
}

/** The headers of a browser's security; not the one that asks for https, which is not spoken here. */
function headersOf(template: Template, policyId: string | undefined): Record<string, string> {
  const policy = template
    .resources<HeadersPolicy>('AWS::CloudFront::ResponseHeadersPolicy')
    .find(({ logicalId }) => String(template.resolve({ Ref: logicalId })) === policyId);
  const security = policy?.properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig;
  const headers = {
    'content-security-policy': security?.ContentSecurityPolicy?.ContentSecurityPolicy,
    'x-content-type-options': security?.ContentTypeOptions && 'nosniff',
    'x-frame-options': security?.FrameOptions?.FrameOption,
    'referrer-policy': security?.ReferrerPolicy?.ReferrerPolicy,
  };
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function attributeOf(template: Template, logicalId: string, attribute: string): string {
  return String(template.resolve({ 'Fn::GetAtt': [logicalId, attribute] }));
}
