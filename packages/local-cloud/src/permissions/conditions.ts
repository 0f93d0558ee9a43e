import { TemplateError } from '../template/template-error.ts';
import { isArnLike, toRegExp } from './wildcards.ts';

/** What is known of a request, by the lower-case name of the condition key; a key may be absent. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

export type Condition = (context: RequestContext) => boolean;

type Matches = (wanted: string, found: string) => boolean;

const operators: Record<string, Matches> = {
  ArnEquals: isArnLike,
  ArnLike: isArnLike,
  Bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  StringEquals: (wanted, found) => wanted === found,
  StringLike: (wanted, found) => toRegExp(wanted).test(found),
};

const negations: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotLike: 'StringLike',
};

/** What requests here have a value for, or, as a service's call on behalf of a source, never have. */
const knownKeys = new Set([
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'dynamodb:leadingkeys',
]);

/**
 * All of a statement's conditions in one. Throws TemplateError for an operator or a key that is not
 * known here: to let it pass would allow, or refuse, what AWS does not.
 */
export function readCondition(block: unknown, where: string): Condition {
  const all = Object.entries((block ?? {}) as Record<string, Record<string, unknown>>).flatMap(
    ([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => readOne(operator, key, values, where)),
  );
  return (context) => all.every((holds) => holds(context));
}

function readOne(operator: string, key: string, values: unknown, where: string): Condition {
  const name = key.toLowerCase();
  if (!knownKeys.has(name)) {
    throw new TemplateError(`${where}: the local cloud does not know the condition key ${key}.`);
  }
  const wanted = [values].flat().map(String);
  const { quantifier, base, ifExists } = takeApart(operator);
  if (base === 'Null') {
    return (context) => wanted.includes(String(!context[name]?.length));
  }
  const isNegated = negations[base] !== undefined;
  const matches = operators[negations[base] ?? base];
  if (!matches || (isNegated && quantifier)) {
    throw new TemplateError(`${where}: the local cloud does not know the operator ${operator}.`);
  }
  const isWanted = (found: string) => wanted.some((one) => matches(one, found));
  return (context) => {
    const found = context[name] ?? [];
    if (quantifier === 'ForAllValues') return found.every(isWanted);
    if (found.length === 0) return ifExists || isNegated;
    return isNegated ? !found.some(isWanted) : found.some(isWanted);
  };
}

/** `ForAllValues:StringLikeIfExists`; without values at all, `ForAllValues` holds. */
function takeApart(operator: string) {
  const [, quantifier, base = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  return { quantifier, base, ifExists: ifExists !== undefined };
}
