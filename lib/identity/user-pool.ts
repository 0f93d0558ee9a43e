import { createHash } from 'node:crypto';
import {
  AccountRecovery,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Aws, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { removalPolicyOf } from '../data/removal-policy.ts';
import { exempt } from '../exempt.ts';
import type { Settings } from '../settings/settings.ts';

/** The stack's own users, registered by an administrator unless they may do so themselves. */
export function makeUserPool(
  scope: Construct,
  settings: Pick<Settings, 'selfSignUp' | 'removalPolicy'>,
): UserPool {
  const userPool = new UserPool(scope, 'UserPool', {
    selfSignUpEnabled: settings.selfSignUp,
    signInAliases: { email: true },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(1),
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    removalPolicy: removalPolicyOf(settings),
    deletionProtection: settings.removalPolicy === 'retain',
  });
  exempt(userPool, {
    'AwsSolutions-COG2':
      'The pool is the simplest of issuers; who needs a second factor sets another',
    'AwsSolutions-COG8': 'Costs by the user, for protection that an issuer of choice may have',
  });
  return userPool;
}

/** What people sign in with. */
export function addUserClient(
  userPool: UserPool,
  { demoPage }: Pick<Settings, 'demoPage'>,
): UserPoolClient {
  return userPool.addClient('Client', {
    // A browser keeps no secret.
    generateSecret: false,
    // SRP shows the password to nobody. The demo page signs in with one plain request instead: SRP
    // would need a library of Cognito's.
    authFlows: { userSrp: true, userPassword: demoPage },
    disableOAuth: true,
    preventUserExistenceErrors: true,
  });
}

export interface ServiceClient {
  readonly clientId: string;
  readonly tokenUrl: string;
}

/**
 * What a backend gets tokens with that speak for itself: client credentials, the scope
 * `seenby/service`. Cognito hands them out at a domain, which it needs for nothing else here.
 */
export function addServiceClient(userPool: UserPool): ServiceClient {
  const scope = new ResourceServerScope({
    scopeName: 'service',
    scopeDescription: 'To act for any user',
  });
  const api = userPool.addResourceServer('Api', { identifier: 'seenby', scopes: [scope] });
  const client = userPool.addClient('ServiceClient', {
    generateSecret: true,
    // Without a list Cognito would let users sign in with it.
    authFlows: { userSrp: false },
    oAuth: {
      flows: { clientCredentials: true },
      scopes: [OAuthScope.resourceServer(api, scope)],
    },
  });
  const domain = userPool.addDomain('Domain', {
    cognitoDomain: { domainPrefix: domainPrefixOf(userPool) },
  });
  const tokenUrl = `${domain.baseUrl()}/oauth2/token`;
  return { clientId: client.userPoolClientId, tokenUrl };
}

/**
 * Prefixes are one space for all accounts of a region, in small letters, and may not hold `aws` or
 * `cognito`, as the name of a stack might.
 */
function domainPrefixOf(userPool: UserPool): string {
  const place = createHash('sha256').update(`${userPool.stack.stackName}/${userPool.node.path}`);
  return `seenby-${place.digest('hex').slice(0, 8)}-${Aws.ACCOUNT_ID}`;
}
