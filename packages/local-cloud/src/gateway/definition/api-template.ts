import type { Template } from '../../template/template.ts';

/** The part of the template a gateway reads. */
export type ApiTemplate = Pick<Template, 'resources' | 'resolve' | 'logicalIdOf'>;

export function accountOf(template: ApiTemplate): { region: string; accountId: string } {
  const pseudo = (name: string) => String(template.resolve({ Ref: name }));
  return { region: pseudo('AWS::Region'), accountId: pseudo('AWS::AccountId') };
}

/** What `Ref` gives for a resource: how the others point at it. */
export function refOf(template: ApiTemplate, logicalId: string): string {
  return String(template.resolve({ Ref: logicalId }));
}
