import { isArnLike } from '../permissions/wildcards.ts';
import { arnOf, localAccount } from '../template/physical-names.ts';
import type { Template } from '../template/template.ts';

/** A service that calls a function in the name of one of its resources. */
export interface Caller {
  service: 'apigateway' | 'events' | 'sns';
  sourceArn: string;
}

interface PermissionProperties {
  Action?: string;
  FunctionName: string;
  Principal?: string;
  SourceAccount?: string;
  SourceArn?: string;
}

/** The functions' resource policies: what the template's permissions allow other services to call. */
export class InvokePermissions {
  readonly #granted: readonly PermissionProperties[];

  constructor(template: Pick<Template, 'resources'>) {
    this.#granted = template
      .resources<PermissionProperties>('AWS::Lambda::Permission')
      .map(({ properties }) => properties);
  }

  /** @param target The function's ARN, with the alias if it is called by one. */
  allow(target: string, caller: Caller): boolean {
    return this.#granted.some((permission) => covers(permission, target, caller));
  }
}

function covers(permission: PermissionProperties, target: string, caller: Caller): boolean {
  const { Action = '', FunctionName, Principal, SourceAccount, SourceArn } = permission;
  return (
    ['lambda:InvokeFunction', 'lambda:*', '*'].includes(Action) &&
    // An alias has a policy of its own: what is granted on the function does not hold for it.
    functionArnOf(FunctionName) === functionArnOf(target) &&
    (Principal === `${caller.service}.amazonaws.com` || Principal === '*') &&
    (SourceAccount === undefined || SourceAccount === localAccount.accountId) &&
    (SourceArn === undefined || isArnLike(SourceArn, caller.sourceArn))
  );
}

/** An alias has an ARN of its own. */
export function functionArnOf(name: string): string {
  return name.startsWith('arn:') ? name : arnOf('AWS::Lambda::Function', name);
}
