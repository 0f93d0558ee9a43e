import { TemplateError } from '../template/template-error.ts';
import { type Condition, readCondition } from './conditions.ts';
import { toRegExp } from './wildcards.ts';

/** One action on one resource, as a statement of a role's policy names them. */
export interface Grant {
  effect: 'Allow' | 'Deny';
  action: string;
  resource: string;
  coversAction: (action: string) => boolean;
  coversResource: (resource: string) => boolean;
  holds: Condition;
  /** Whether it ever allowed a request. */
  isUsed: boolean;
}

const elements = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

/** @param where Names the policy in errors. Throws TemplateError for what is not known here. */
export function readGrants(document: unknown, where: string): Grant[] {
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  return [Statement].flat().flatMap((statement) => readStatement(statement, where));
}

function readStatement(statement: unknown, where: string): Grant[] {
  const { Effect, Action, Resource, Condition, ...others } = (statement ?? {}) as Record<
    string,
    unknown
  >;
  const unknown = Object.keys(others).find((element) => !elements.has(element));
  if (unknown) {
    throw new TemplateError(`${where}: the local cloud does not know ${unknown} in a statement.`);
  }
  if (Effect !== 'Allow' && Effect !== 'Deny') {
    throw new TemplateError(`${where}: the effect of a statement is neither Allow nor Deny.`);
  }
  const holds = readCondition(Condition, where);
  return stringsOf(Action, 'Action', where).flatMap((action) =>
    stringsOf(Resource, 'Resource', where).map((resource) => ({
      ...{ effect: Effect, action, resource, holds, isUsed: false },
      coversAction: covers(action, 'i'),
      coversResource: covers(resource),
    })),
  );
}

function covers(pattern: string, flags?: string): (value: string) => boolean {
  const regExp = toRegExp(pattern, flags);
  return (value) => regExp.test(value);
}

function stringsOf(value: unknown, element: string, where: string): string[] {
  const strings = [value].flat();
  if (strings.length > 0 && strings.every((one) => typeof one === 'string' && !/\$\{/.test(one))) {
    return strings as string[];
  }
  throw new TemplateError(`${where}: ${element} has to be names without variables.`);
}
