import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Settings } from '../settings/settings.ts';

/**
 * Outlives the stack, but not a first deployment that fails: what that made is empty, and would only
 * be in the way of the next attempt (CloudFormation's `RetainExceptOnCreate`).
 */
export const retainUnlessNew = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

export function removalPolicyOf(settings: Pick<Settings, 'removalPolicy'>): RemovalPolicy {
  return settings.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : retainUnlessNew;
}
