import { type RequestContext, readCondition } from '../permissions/conditions.ts';
import { isArnLike } from '../permissions/wildcards.ts';
import { localAccount } from '../template/physical-names.ts';
import { TemplateError } from '../template/template-error.ts';

interface Statement {
  Action?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
  Effect: string;
  Principal?: string | { AWS?: string | string[]; Service?: string | string[] };
  Resource?: string | string[];
}

export interface PolicyDocument {
  Statement: Statement | Statement[];
}

/** A service that publishes in the name of one of its resources. */
export interface Publisher {
  service: string;
  sourceArn: string;
}

/** The policy that SNS gives a topic without one: whoever acts for the owner's account may publish. */
const defaultPolicy: PolicyDocument = {
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'sns:Publish',
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceOwner': localAccount.accountId } },
  },
};

/** Whether a topic's policy lets a service publish: a Deny wins, and what nothing allows is denied. */
export function mayPublish(
  { Statement: statements }: PolicyDocument = defaultPolicy,
  topicArn: string,
  publisher: Publisher,
): boolean {
  const effects = [statements]
    .flat()
    .filter((statement) => applies(statement, topicArn, publisher))
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies(statement: Statement, topicArn: string, publisher: Publisher): boolean {
  const strange = Object.keys(statement).find(
    (key) => !/^(Sid|Effect|Principal|Action|Resource|Condition)$/.test(key),
  );
  if (strange) throw new TemplateError(`The local cloud knows no ${strange} in a topic's policy.`);
  const { Action = [], Condition = {}, Principal = '', Resource = [] } = statement;
  return (
    [Action].flat().some((action) => /^(sns:(publish|\*)|\*)$/i.test(action)) &&
    [Resource].flat().some((resource) => resource === '*' || isArnLike(resource, topicArn)) &&
    isMeant(Principal, publisher) &&
    readCondition(Condition, `The policy of ${topicArn}`)(contextOf(publisher))
  );
}

/** What a service tells about whom it acts for, which is always over TLS. */
const contextOf = ({ sourceArn }: Publisher): RequestContext => ({
  'aws:securetransport': ['true'],
  'aws:sourceaccount': [localAccount.accountId],
  'aws:sourcearn': [sourceArn],
  'aws:sourceowner': [localAccount.accountId],
});

function isMeant(principal: NonNullable<Statement['Principal']>, { service }: Publisher): boolean {
  if (typeof principal === 'string') return principal === '*';
  const { AWS = [], Service = [] } = principal;
  return [AWS].flat().includes('*') || [Service].flat().includes(service);
}
