import { letsService, type PolicyDocument } from '../permissions/resource-policy.ts';
import { compileFilter } from '../streams/records/filter-pattern.ts';
import { type Template, TemplateError } from '../template/template.ts';
import type { PublishedEvent } from './event-buses.ts';

interface Target {
  Arn: string;
  DeadLetterConfig?: { Arn?: string };
  [other: string]: unknown;
}

interface RuleProperties {
  EventBusName?: string;
  EventPattern?: object;
  State?: string;
  Targets?: Target[];
}

interface EventRule {
  arn: string;
  bus: string;
  matches: (event: unknown) => boolean;
  targets: readonly Target[];
}

export interface EventRuleOptions {
  template: Template;
  /** Puts a message into a queue, by its ARN. */
  send: (queueArn: string, body: string) => void;
  /** The same into one where dead letters are kept. */
  sendDeadLetter: (queueArn: string, message: unknown) => void;
  log: (line: string) => void;
}

/** What of a target is known here; the rest would change what is delivered, or how. */
const knownOfTarget = new Set(['Arn', 'DeadLetterConfig', 'Id', 'RetryPolicy']);

/** The template's rules that wait for events. They deliver to queues, whose policies let them or do not. */
export class EventRules {
  readonly #rules: readonly EventRule[];
  readonly #policies: ReadonlyMap<string, PolicyDocument>;
  readonly #options: EventRuleOptions;

  /** Throws TemplateError for a rule that cannot run here as on AWS. */
  constructor(options: EventRuleOptions) {
    this.#options = options;
    this.#rules = readRules(options.template);
    this.#policies = readQueuePolicies(options.template);
  }

  /** What a queue refuses goes to the dead letters of the target: EventBridge does not try that again. */
  deliver(bus: string, event: PublishedEvent): void {
    const due = this.#rules.filter((rule) => rule.bus === bus && rule.matches(event));
    for (const { arn, targets } of due) {
      for (const target of targets) this.#toTarget(arn, target, event);
    }
  }

  #toTarget(ruleArn: string, { Arn, DeadLetterConfig }: Target, event: PublishedEvent): void {
    if (this.#mayBeSent(ruleArn, Arn)) {
      this.#options.send(Arn, JSON.stringify(event));
      return;
    }
    this.#options.log(`The policy of ${Arn} does not let ${ruleArn} send to it.`);
    const deadLetters = DeadLetterConfig?.Arn;
    if (deadLetters && this.#mayBeSent(ruleArn, deadLetters)) {
      this.#options.sendDeadLetter(deadLetters, event);
    }
  }

  #mayBeSent(sourceArn: string, resource: string): boolean {
    const policy = this.#policies.get(resource);
    const act = { action: 'sqs:SendMessage', resource };
    return policy !== undefined && letsService(policy, act, { service, sourceArn });
  }
}

const service = 'events.amazonaws.com';

function readRules(template: Template): EventRule[] {
  return template
    .resources<RuleProperties>('AWS::Events::Rule')
    .filter(({ properties: { EventPattern, State } }) => EventPattern && State !== 'DISABLED')
    .map(({ logicalId, properties: { EventBusName = 'default', EventPattern, Targets = [] } }) => {
      for (const target of Targets) checkTarget(template, logicalId, target);
      const Pattern = JSON.stringify(EventPattern);
      return {
        arn: String(template.resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] })),
        bus: EventBusName,
        matches: compileFilter({ Filters: [{ Pattern }] }),
        targets: Targets,
      };
    });
}

function checkTarget(template: Template, ruleId: string, target: Target): void {
  const type = template.find(template.logicalIdOf(target.Arn) ?? '')?.type;
  if (type !== 'AWS::SQS::Queue') {
    throw new TemplateError(
      `The local cloud delivers events to queues only: ${ruleId} has another target.`,
    );
  }
  const strange = Object.keys(target).find((key) => !knownOfTarget.has(key));
  if (strange)
    throw new TemplateError(`The local cloud knows no ${strange} of a target: ${ruleId}.`);
}

/** By the ARN. A queue has one policy: the last that is set. */
function readQueuePolicies(template: Template): Map<string, PolicyDocument> {
  const arnOf = new Map(
    template
      .resources('AWS::SQS::Queue')
      .map(({ logicalId }) => [
        template.resolve({ Ref: logicalId }),
        String(template.resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] })),
      ]),
  );
  return new Map(
    template
      .resources<{ PolicyDocument: PolicyDocument; Queues: string[] }>('AWS::SQS::QueuePolicy')
      .flatMap(({ properties: { PolicyDocument, Queues } }) =>
        Queues.map((url) => [arnOf.get(url) ?? '', PolicyDocument] as const),
      ),
  );
}
