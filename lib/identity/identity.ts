import { Construct } from 'constructs';
import type { PageConfig } from '../../demo/web/page-config.ts';
import { environmentNames } from '../../functions/runtime/environment.ts';
import type { SeenbyFunction } from '../functions/seenby-function.ts';
import type { Settings } from '../settings/settings.ts';
import { addServiceClient, addUserClient, makeUserPool } from './user-pool.ts';

export interface IdentityProps {
  readonly settings: Pick<
    Settings,
    | 'issuer'
    | 'audience'
    | 'jwksUri'
    | 'userIdClaim'
    | 'selfSignUp'
    | 'serviceClient'
    | 'removalPolicy'
    | 'demoPage'
  >;
}

export type SignIn = Pick<PageConfig, 'issuer' | 'userPoolClientId'>;

interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
  readonly userIdClaim: string;
  /** What Cognito names in the tokens of the stack's own machine client. */
  readonly serviceAudience?: string | undefined;
}

/** Whose tokens are accepted: those of the OIDC provider in the settings, or of a new user pool. */
export class Identity extends Construct {
  /** What there is to know of the user pool and its clients, when there is one. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What a page has to know to get a token. */
  readonly signIn: SignIn;
  readonly #rules: TokenRules;

  constructor(scope: Construct, id: string, { settings }: IdentityProps) {
    super(scope, id);
    const { issuer, audience, jwksUri, userIdClaim } = settings;
    if (issuer !== undefined && audience !== undefined) {
      this.#rules = { issuer, audience, jwksUri: jwksUri ?? jwksUriOf(issuer), userIdClaim };
      this.outputs = {};
      this.signIn = { issuer };
      return;
    }
    const userPool = makeUserPool(this, settings);
    const { userPoolClientId } = addUserClient(userPool, settings);
    const client = settings.serviceClient ? addServiceClient(userPool) : undefined;
    this.#rules = {
      issuer: userPool.userPoolProviderUrl,
      audience: userPoolClientId,
      jwksUri: jwksUriOf(userPool.userPoolProviderUrl),
      userIdClaim,
      serviceAudience: client?.clientId,
    };
    this.outputs = {
      UserPoolId: userPool.userPoolId,
      UserPoolClientId: userPoolClientId,
      ...(client && { ServiceClientId: client.clientId, ServiceTokenUrl: client.tokenUrl }),
    };
    this.signIn = { issuer: userPool.userPoolProviderUrl, userPoolClientId };
  }

  /** Sets in the function how to verify a token. */
  configure(handler: SeenbyFunction): void {
    handler.setEnvironment(environmentNames.issuer, this.#rules.issuer);
    handler.setEnvironment(environmentNames.audience, this.#rules.audience);
    handler.setEnvironment(environmentNames.jwksUri, this.#rules.jwksUri);
    handler.setEnvironment(environmentNames.userIdClaim, this.#rules.userIdClaim);
  }

  /** Sets in the function how to tell tokens of the stack's own machine client. */
  acceptServices(handler: SeenbyFunction): void {
    const { serviceAudience } = this.#rules;
    if (serviceAudience) handler.setEnvironment(environmentNames.serviceAudience, serviceAudience);
  }
}

function jwksUriOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`;
}
