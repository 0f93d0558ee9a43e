import { AccountRecovery, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { environmentNames } from '../functions/environment.ts';
import type { PageConfig } from '../web/page-config.ts';
import { removalPolicyOf } from './removal-policy.ts';
import type { SeenbyFunction } from './seenby-function.ts';
import type { Settings } from './settings.ts';

export interface IdentityProps {
  readonly settings: Pick<
    Settings,
    'issuer' | 'audience' | 'jwksUri' | 'selfSignUp' | 'removalPolicy' | 'demoPage'
  >;
}

export type SignIn = Pick<PageConfig, 'issuer' | 'userPoolClientId'>;

interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
}

/** Whose tokens are accepted: those of the OIDC provider in the settings, or of a new user pool. */
export class Identity extends Construct {
  /** Ids of the user pool and its client, when there is one. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What a page has to know to get a token. */
  readonly signIn: SignIn;
  readonly #rules: TokenRules;

  constructor(scope: Construct, id: string, { settings }: IdentityProps) {
    super(scope, id);
    const { issuer, audience, jwksUri } = settings;
    if (issuer !== undefined && audience !== undefined) {
      this.#rules = { issuer, audience, jwksUri: jwksUri ?? jwksUriOf(issuer) };
      this.outputs = {};
      this.signIn = { issuer };
      return;
    }
    const userPool = this.#makeUserPool(settings);
    const { userPoolClientId } = makeClient(userPool, settings);
    this.#rules = {
      issuer: userPool.userPoolProviderUrl,
      audience: userPoolClientId,
      jwksUri: jwksUriOf(userPool.userPoolProviderUrl),
    };
    this.outputs = { UserPoolId: userPool.userPoolId, UserPoolClientId: userPoolClientId };
    this.signIn = { issuer: userPool.userPoolProviderUrl, userPoolClientId };
  }

  /** Tells the function how to verify a token. */
  configure(handler: SeenbyFunction): void {
    handler.setEnvironment(environmentNames.issuer, this.#rules.issuer);
    handler.setEnvironment(environmentNames.audience, this.#rules.audience);
    handler.setEnvironment(environmentNames.jwksUri, this.#rules.jwksUri);
  }

  #makeUserPool(settings: IdentityProps['settings']): UserPool {
    return new UserPool(this, 'UserPool', {
      selfSignUpEnabled: settings.selfSignUp,
      signInAliases: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      removalPolicy: removalPolicyOf(settings),
      deletionProtection: settings.removalPolicy === 'retain',
    });
  }
}

function makeClient(userPool: UserPool, { demoPage }: Pick<Settings, 'demoPage'>): UserPoolClient {
  return userPool.addClient('Client', {
    // A browser keeps no secret. The admin flow lets an operator fetch a token for a test user.
    generateSecret: false,
    // The demo page signs in with one plain request; SRP would need a library of Cognito's.
    authFlows: { userSrp: true, adminUserPassword: true, userPassword: demoPage },
    disableOAuth: true,
    preventUserExistenceErrors: true,
  });
}

function jwksUriOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`;
}
