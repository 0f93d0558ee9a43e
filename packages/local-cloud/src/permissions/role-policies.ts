import type { Template } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';
import { type Grant, readGrants } from './grants.ts';

interface Policy {
  PolicyDocument: unknown;
}

interface RoleProperties {
  Policies?: Policy[];
  PermissionsBoundary?: unknown;
}

interface AttachedPolicy extends Policy {
  Roles?: string[];
}

export type RolePolicies = ReadonlyMap<string, Grant[]>;

/**
 * What the template grants each of its roles, by the role's name. Policies that AWS manages are not
 * in the template and grant nothing here.
 */
export function readRolePolicies(template: Pick<Template, 'resources' | 'resolve'>): RolePolicies {
  const roles = new Map<string, Grant[]>();
  for (const { logicalId, properties } of template.resources<RoleProperties>('AWS::IAM::Role')) {
    if (properties.PermissionsBoundary !== undefined) {
      throw new TemplateError(`${logicalId}: the local cloud knows no permissions boundaries.`);
    }
    const grants = (properties.Policies ?? []).flatMap(({ PolicyDocument }) =>
      readGrants(PolicyDocument, logicalId),
    );
    roles.set(String(template.resolve({ Ref: logicalId })), grants);
  }
  for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']) {
    for (const { logicalId, properties } of template.resources<AttachedPolicy>(type)) {
      for (const role of properties.Roles ?? []) {
        roles.get(role)?.push(...readGrants(properties.PolicyDocument, logicalId));
      }
    }
  }
  return roles;
}
