import { type Template, TemplateError } from '../../template/template.ts';
import type { StateChange } from './alarm.ts';
import { type AlarmRule, compileAlarmRule, type StateOf } from './alarm-rule.ts';
import {
  type ActionProperties,
  type AlarmState,
  type NamedAlarm,
  readNamed,
} from './alarm-settings.ts';

/** An alarm over the states of others. */
export class CompositeAlarm {
  readonly settings: NamedAlarm;
  /** On AWS, too, only until it is evaluated for the first time. */
  state: AlarmState = 'INSUFFICIENT_DATA';
  readonly #rule: AlarmRule;

  constructor(settings: NamedAlarm, rule: AlarmRule) {
    this.settings = settings;
    this.#rule = rule;
  }

  /** @param atMs The time for which the others have been evaluated. */
  evaluate(stateOf: StateOf, atMs: number): StateChange | undefined {
    const to = this.#rule.holds(stateOf) ? 'ALARM' : 'OK';
    if (to === this.state) return undefined;
    const from = this.state;
    this.state = to;
    const states = this.#rule.alarms.map((alarm) => `${alarm}: ${stateOf(alarm)}`);
    return { alarm: this.settings, from, to, reason: states.join(', '), atMs };
  }
}

interface CompositeProperties extends ActionProperties {
  ActionsSuppressor?: string;
  AlarmRule: string;
}

/**
 * The template's composite alarms. Throws TemplateError for one that looks at an alarm that is not there, or at
 * another composite one.
 */
export function readCompositeAlarms(
  template: Template,
  others: readonly NamedAlarm[],
): CompositeAlarm[] {
  const known = new Set(others.flatMap(({ name, arn }) => [name, arn]));
  return template
    .resources<CompositeProperties>('AWS::CloudWatch::CompositeAlarm')
    .map(({ logicalId, properties }) => {
      const rule = compileAlarmRule(properties.AlarmRule);
      const missing = rule.alarms.find((alarm) => !known.has(alarm));
      if (missing !== undefined || properties.ActionsSuppressor !== undefined) {
        throw new TemplateError(
          `${logicalId} looks at ${missing ?? 'a suppressor'}, which is no metric alarm of the template.`,
        );
      }
      return new CompositeAlarm(readNamed(template, logicalId, properties), rule);
    });
}
