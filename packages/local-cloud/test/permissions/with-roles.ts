import { Permissions } from '../../src/permissions/permissions.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';

/** A function and its role with these statements, as one inline policy. */
export function withRole(statements: readonly object[], resources: object = {}): Template {
  return Template.read(
    writeAssembly({
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: {} },
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyDocument: { Statement: statements },
            Roles: [{ Ref: 'Role' }],
          },
        },
        Caller: {
          Type: 'AWS::Lambda::Function',
          Properties: { Runtime: 'nodejs24.x', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
        },
        ...resources,
      },
    }),
  );
}

export const permissionsOf = (
  statements: readonly object[],
  log: (line: string) => void = () => {},
): Permissions => new Permissions(withRole(statements), log);

export const allow = (Action: unknown, Resource: unknown, Condition?: object) => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...(Condition && { Condition }),
});
