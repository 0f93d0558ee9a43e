import { localAccount } from '../template/physical-names.ts';
import { TemplateError } from '../template/template-error.ts';
import { type RequestContext, readCondition } from './conditions.ts';
import { isArnLike, toRegExp } from './wildcards.ts';

interface Statement {
  Action?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
  Effect: string;
  Principal?: string | { AWS?: string | string[]; Service?: string | string[] };
  Resource?: string | string[];
}

/** The policy of a topic or a queue. */
export interface PolicyDocument {
  Statement: Statement | Statement[];
}

/** A service that acts in the name of one of its resources. */
export interface Source {
  service: string;
  sourceArn: string;
}

/** What it does, and to which resource. */
export interface Act {
  action: string;
  resource: string;
}

/** Whether a resource's policy lets a service act: a Deny wins, and what nothing allows is denied. */
export function letsService(
  { Statement: statements }: PolicyDocument,
  act: Act,
  source: Source,
): boolean {
  const effects = [statements]
    .flat()
    .filter((statement) => applies(statement, act, source))
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies(statement: Statement, { action, resource }: Act, source: Source): boolean {
  const strange = Object.keys(statement).find(
    (key) => !/^(Sid|Effect|Principal|Action|Resource|Condition)$/.test(key),
  );
  const where = `The policy of ${resource}`;
  if (strange) throw new TemplateError(`${where}: the local cloud knows no ${strange} in it.`);
  const { Action = [], Condition = {}, Principal = '', Resource = [] } = statement;
  return (
    [Action].flat().some((named) => toRegExp(named, 'i').test(action)) &&
    [Resource].flat().some((named) => named === '*' || isArnLike(named, resource)) &&
    isMeant(Principal, source) &&
    readCondition(Condition, where)(contextOf(source))
  );
}

/** What a service tells about whom it acts for, which is always over TLS. */
const contextOf = ({ sourceArn }: Source): RequestContext => ({
  'aws:securetransport': ['true'],
  'aws:sourceaccount': [localAccount.accountId],
  'aws:sourcearn': [sourceArn],
  'aws:sourceowner': [localAccount.accountId],
});

function isMeant(principal: NonNullable<Statement['Principal']>, { service }: Source): boolean {
  if (typeof principal === 'string') return principal === '*';
  const { AWS = [], Service = [] } = principal;
  return [AWS].flat().includes('*') || [Service].flat().includes(service);
}
