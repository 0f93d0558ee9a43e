import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Settings } from './settings.ts';

export function removalPolicyOf(settings: Pick<Settings, 'removalPolicy'>): RemovalPolicy {
  return settings.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}
