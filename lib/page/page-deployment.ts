import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketDeployment,
  type BucketDeploymentProps,
  CacheControl,
  type ISource,
  Source,
} from 'aws-cdk-lib/aws-s3-deployment';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { PageConfig } from '../../demo/web/page-config.ts';
import { exempt, nagName } from '../exempt.ts';
import { logGroupOptions } from '../monitoring/log-group-options.ts';
import type { Settings } from '../settings/settings.ts';
import { pageSource } from './page-source.ts';

export interface PageDeploymentProps {
  readonly settings: Settings;
  readonly bucket: IBucket;
  /** Becomes `config.json`; its values may be known at the deployment only. */
  readonly config: PageConfig;
}

/** Vite names these after their content. */
const hashedFiles = 'assets/*';

/** Puts the built page and its `config.json` into the bucket. */
export class PageDeployment extends Construct {
  readonly #props: PageDeploymentProps;
  readonly #logGroup: LogGroup;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: PageDeploymentProps) {
    super(scope, id);
    this.#props = props;
    this.#logGroup = new LogGroup(scope, `${id}Logs`, logGroupOptions(props.settings));
    this.#role = this.#makeRole(`${id}Role`);
    const page = this.#readable(pageSource());
    const config = this.#readable(Source.jsonData('config.json', props.config));
    const assets = this.#upload('Assets', {
      sources: [page],
      exclude: ['*'],
      include: [hashedFiles],
      // A page opened before the deployment may load a part of itself after it.
      prune: false,
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });
    const entry = this.#upload('Entry', {
      sources: [page, config],
      exclude: [hashedFiles],
      // CloudFront asks again too, after a second: nothing has to be invalidated.
      cacheControl: [CacheControl.noCache()],
    });
    entry.node.addDependency(assets);
    exemptUploader(this);
  }

  #upload(id: string, what: Omit<BucketDeploymentProps, 'destinationBucket'>): BucketDeployment {
    const { bucket, settings } = this.#props;
    return new BucketDeployment(this, id, {
      ...what,
      destinationBucket: bucket,
      retainOnDelete: settings.removalPolicy === 'retain',
      // CDK would add every action on objects and buckets that begins with Get, List or Delete.
      role: this.#role.withoutPolicyUpdates(),
      logGroup: this.#logGroup,
    });
  }

  #makeRole(id: string): Role {
    const { bucket } = this.#props;
    // Beside its log group, as with the functions: its ids begin alike.
    const role = new Role(this.node.scope as Construct, id, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    this.#logGroup.grantWrite(role);
    exempt(role, {
      [`AwsSolutions-IAM5[Resource::<${nagName(bucket)}.Arn>/*]`]:
        'Puts and removes any file of the page',
    });
    allow(role, ['s3:ListBucket'], bucket.bucketArn);
    allow(role, ['s3:PutObject', 's3:DeleteObject'], bucket.arnForObjects('*'));
    return role;
  }

  #readable(source: ISource): ISource {
    return {
      bind: (scope, context) => {
        const bound = source.bind(scope, context);
        allow(this.#role, ['s3:GetObject'], bound.bucket.arnForObjects(bound.zipObjectKey));
        return bound;
      },
    };
  }
}

/** CDK's own function, one for all deployments of a stack. */
function exemptUploader(scope: Construct): void {
  const runtime = "CDK's code and CDK's choice";
  for (const each of Stack.of(scope).node.children) {
    if (!each.node.id.startsWith('Custom::CDKBucketDeployment')) continue;
    exempt(each, {
      'AwsSolutions-L1': runtime,
      'Serverless-LambdaLatestVersion': runtime,
      'Serverless-LambdaTracing': 'Runs at deployments only',
      'Serverless-LambdaDLQ': 'CloudFormation waits for its answer, and fails without one',
    });
  }
}

function allow(role: Role, actions: string[], resource: string): void {
  role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
}
