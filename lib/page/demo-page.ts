import {
  AllowedMethods,
  Distribution,
  FunctionEventType,
  HttpVersion,
  type ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { Lazy, Names, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { PageConfig } from '../../demo/web/page-config.ts';
import { removalPolicyOf } from '../data/removal-policy.ts';
import { exempt } from '../exempt.ts';
import type { Settings } from '../settings/settings.ts';
import { folderIndex } from './folder-index.ts';
import { PageDeployment } from './page-deployment.ts';
import { pageHeaders } from './page-headers.ts';

export interface DemoPageProps {
  readonly settings: Settings;
}

/** The demo page: files in a private bucket, and CloudFront in front of it. */
export class DemoPage extends Construct {
  /** `https://…`: where the page is, and what its requests carry as their origin. */
  readonly origin: string;
  readonly #settings: Settings;
  readonly #bucket: IBucket;
  #service: PageConfig | undefined;

  constructor(scope: Construct, id: string, { settings }: DemoPageProps) {
    super(scope, id);
    this.#settings = settings;
    this.#bucket = this.#makeBucket();
    const distribution = this.#makeDistribution();
    this.origin = `https://${distribution.distributionDomainName}`;
  }

  get outputs(): Readonly<Record<string, string>> {
    return { DemoPageUrl: this.origin };
  }

  /** Uploads the page together with what it has to know of its service. */
  connect(service: PageConfig): void {
    this.#service = service;
    new PageDeployment(this, 'Deployment', {
      settings: this.#settings,
      bucket: this.#bucket,
      config: service,
    });
  }

  #makeBucket(): IBucket {
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: removalPolicyOf(this.#settings),
    });
    exempt(bucket, { 'AwsSolutions-S1': 'Holds the files of a public page' });
    // The deployment marks its bucket with a tag, and where it finds that tag it keeps the files
    // when the stack goes. A bucket that is to go has to be empty.
    if (this.#settings.removalPolicy === 'destroy') {
      (bucket.node.defaultChild as CfnBucket).addPropertyDeletionOverride('Tags');
    }
    // CDK's types disagree about what may be undefined.
    return bucket as IBucket;
  }

  #makeDistribution(): Distribution {
    const originAccessControl = new S3OriginAccessControl(this, 'Access', {
      originAccessControlName: this.#globalName(),
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: `${this.#settings.stackName}: the demo page`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.#bucket, { originAccessControl }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        compress: true,
        responseHeadersPolicy: this.#makeHeaders(),
        functionAssociations: [
          { function: folderIndex(this), eventType: FunctionEventType.VIEWER_REQUEST },
        ],
      },
    });
    exempt(distribution, {
      'AwsSolutions-CFR1': 'The page is for everybody',
      'AwsSolutions-CFR2':
        'Serves files only; there is nothing behind it that a firewall could protect',
      'AwsSolutions-CFR3': "Who opens the page is nobody's business",
      'AwsSolutions-CFR4': "CloudFront's own certificate leaves no choice; a domain would give one",
    });
    return distribution;
  }

  #makeHeaders(): ResponseHeadersPolicy {
    // The APIs come after the page, whose origin they have to know.
    const sources = Lazy.string({ produce: () => this.#connectSources().join(' ') });
    return pageHeaders(this, this.#globalName(), sources);
  }

  /** CloudFront's names are one space for all regions of an account. */
  #globalName(): string {
    return `${Names.uniqueResourceName(this, { maxLength: 40 })}-${Stack.of(this).region}`;
  }

  #connectSources(): string[] {
    if (this.#service === undefined) throw new Error('The page was not connected to a service');
    const { httpUrl, wsUrl, userPoolClientId } = this.#service;
    const { region, urlSuffix } = Stack.of(this);
    // An API that lists the page's origin cannot be named here: each would wait for the other. Its
    // domain, where it has one, is known without it.
    const { allowedOrigins, httpDomain } = this.#settings;
    const isNamed = httpDomain !== undefined || allowedOrigins.includes('*');
    const http = isNamed ? httpUrl : `https://*.execute-api.${region}.${urlSuffix}`;
    const cognito = `https://cognito-idp.${region}.${urlSuffix}`;
    return [http, wsUrl, ...(userPoolClientId === undefined ? [] : [cognito])];
  }
}
