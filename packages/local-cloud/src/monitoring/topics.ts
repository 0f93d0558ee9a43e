import { letsService, type PolicyDocument, type Source } from '../permissions/resource-policy.ts';
import { localAccount } from '../template/physical-names.ts';
import { type Template, TemplateError } from '../template/template.ts';

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

export const mayPublish = (
  policy: PolicyDocument = defaultPolicy,
  resource: string,
  publisher: Source,
): boolean => letsService(policy, { action: 'sns:Publish', resource }, publisher);

export interface Mail {
  address: string;
  subject: string;
  text: string;
}

interface Topic {
  arn: string;
  policy: PolicyDocument | undefined;
  addresses: readonly string[];
}

interface Subscription {
  Endpoint: string;
  Protocol: string;
  TopicArn?: string;
}

interface TopicProperties {
  KmsMasterKeyId?: string;
  Subscription?: Subscription[];
}

/** The template's SNS topics, with the mails they have sent. Every address counts as confirmed. */
export class Topics {
  readonly mails: Mail[] = [];
  readonly #topics: readonly Topic[];

  /** Throws TemplateError for what a topic cannot do here. */
  constructor(template: Template) {
    this.#topics = template
      .resources<TopicProperties>('AWS::SNS::Topic')
      .map(({ logicalId, properties }) => {
        const arn = String(template.resolve({ Ref: logicalId }));
        if (properties.KmsMasterKeyId !== undefined) {
          throw new TemplateError(`The local cloud does not run the encrypted topic ${logicalId}.`);
        }
        const subscriptions = [
          ...(properties.Subscription ?? []),
          ...template
            .resources<Subscription>('AWS::SNS::Subscription')
            .map((each) => each.properties)
            .filter(({ TopicArn }) => TopicArn === arn),
        ];
        return { arn, policy: policyOf(template, arn), addresses: subscriptions.map(addressOf) };
      });
  }

  knows(topicArn: string): boolean {
    return this.#topics.some(({ arn }) => arn === topicArn);
  }

  mayPublish(topicArn: string, publisher: Source): boolean {
    return this.#topics.some(
      ({ arn, policy }) => arn === topicArn && mayPublish(policy, arn, publisher),
    );
  }

  /** False when the topic's policy does not let the publisher. */
  publish(topicArn: string, publisher: Source, message: Omit<Mail, 'address'>): boolean {
    if (!this.mayPublish(topicArn, publisher)) return false;
    const topic = this.#topics.find(({ arn }) => arn === topicArn);
    this.mails.push(...(topic?.addresses ?? []).map((address) => ({ address, ...message })));
    return true;
  }
}

/** A topic has one policy: the last that is set. */
function policyOf(template: Template, topicArn: string): PolicyDocument | undefined {
  return template
    .resources<{ PolicyDocument: PolicyDocument; Topics: string[] }>('AWS::SNS::TopicPolicy')
    .filter(({ properties }) => properties.Topics.includes(topicArn))
    .at(-1)?.properties.PolicyDocument;
}

function addressOf({ Protocol, Endpoint }: Subscription): string {
  if (Protocol === 'email' || Protocol === 'email-json') return Endpoint;
  throw new TemplateError(`The local cloud knows no subscriptions by ${Protocol}, only by email.`);
}
