import { localAccount } from '../template/physical-names.ts';
import type { Template } from '../template/template.ts';
import { accessKeyOf, operatorKey } from './access-key.ts';
import type { RequestContext } from './conditions.ts';
import type { Grant } from './grants.ts';
import { readRolePolicies } from './role-policies.ts';

/** One action that a request needs to be allowed. */
export interface Need {
  action: string;
  resource: string;
  context?: RequestContext;
}

/** @returns Why a request is refused; undefined when it is allowed. */
export type Authorize = (
  authorization: string | undefined,
  ...needs: readonly Need[]
) => string | undefined;

export interface GrantUse extends Pick<Grant, 'action' | 'resource' | 'isUsed'> {
  role: string;
}

interface Principal {
  arn: string;
  roleName: string;
  grants: readonly Grant[];
  /** Those that may cover an action, by the action: there are few, and they are asked often. */
  byAction: Map<string, readonly Grant[]>;
}

/** A connection to AWS has TLS. That of a function to the local cloud stands for one. */
const always: RequestContext = { 'aws:securetransport': ['true'] };

/** Who may do what: each function has what the policies of its role in the template grant. */
export class Permissions {
  readonly #principals: ReadonlyMap<string, Principal>;
  readonly #log: (line: string) => void;
  readonly #logged = new Set<string>();

  /** Throws TemplateError for a policy that cannot be evaluated. */
  constructor(template: Pick<Template, 'resources' | 'resolve'>, log: (line: string) => void) {
    this.#log = log;
    this.#principals = readPrincipals(template);
  }

  /** By the access key of the request: a function's is its logical id. */
  readonly authorize: Authorize = (authorization, ...needs) => {
    const key = accessKeyOf(authorization);
    if (key === operatorKey) return undefined;
    for (const need of needs) {
      const refusal = this.refusalOf(key ?? '', need);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };

  /** In AWS's words, which the log has too, once. */
  refusalOf(functionId: string, { action, resource, context = {} }: Need): string | undefined {
    const principal = this.#principals.get(functionId);
    if (!principal) return 'The security token included in the request is invalid.';
    const matching = grantsFor(principal, action).filter(
      (grant) => grant.coversResource(resource) && grant.holds({ ...always, ...context }),
    );
    const [allowed] = matching.filter(({ effect }) => effect === 'Allow');
    if (allowed && matching.every(({ effect }) => effect === 'Allow')) {
      allowed.isUsed = true;
      return undefined;
    }
    return this.#refuse(
      `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource}`,
      allowed
        ? 'with an explicit deny in an identity-based policy'
        : `because no identity-based policy allows the ${action} action`,
    );
  }

  /** What the roles allow, and whether a request needed it. */
  grantUse(): GrantUse[] {
    const byRole = new Map([...this.#principals.values()].map((each) => [each.roleName, each]));
    return [...byRole.values()].flatMap(({ roleName: role, grants }) =>
      grants
        .filter(({ effect }) => effect === 'Allow')
        .map(({ action, resource, isUsed }) => ({ role, action, resource, isUsed })),
    );
  }

  #refuse(message: string, reason: string): string {
    if (!this.#logged.has(message)) this.#log(`${message} ${reason}`);
    this.#logged.add(message);
    return `${message} ${reason}`;
  }
}

interface FunctionProperties {
  FunctionName?: string;
  Role?: string;
  Runtime?: string;
}

/** Functions in other languages are not run here, and so never ask. */
function readPrincipals(template: Pick<Template, 'resources' | 'resolve'>): Map<string, Principal> {
  const policies = readRolePolicies(template);
  const functions = template.resources<FunctionProperties>('AWS::Lambda::Function');
  return new Map(
    functions
      .filter(({ properties }) => properties.Runtime?.startsWith('nodejs'))
      .map(({ logicalId, properties: { FunctionName = logicalId, Role = '' } }) => {
        const roleName = Role.split('/').at(-1) ?? '';
        const arn = `arn:aws:sts::${localAccount.accountId}:assumed-role/${roleName}/${FunctionName}`;
        const grants = policies.get(roleName) ?? [];
        return [logicalId, { arn, roleName, grants, byAction: new Map() }];
      }),
  );
}

function grantsFor({ grants, byAction }: Principal, action: string): readonly Grant[] {
  const known = byAction.get(action);
  if (known) return known;
  const found = grants.filter(({ coversAction }) => coversAction(action));
  byAction.set(action, found);
  return found;
}
