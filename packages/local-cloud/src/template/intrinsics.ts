import { localAccount } from './physical-names.ts';
import { TemplateError } from './template-error.ts';

/** What intrinsic functions look up. */
export interface Lookup {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(name: string, first: string, second: string): unknown;
}

const absent = Symbol('AWS::NoValue');

/** `Ref` of the pseudo parameters. */
export function pseudoParameter(name: string, stackName: string): unknown {
  const { accountId, region } = localAccount;
  const values: Record<string, unknown> = {
    'AWS::AccountId': accountId,
    'AWS::NoValue': absent,
    'AWS::NotificationARNs': [],
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return values[name];
}

/** Replaces every intrinsic function in a value; what is AWS::NoValue disappears. Throws TemplateError. */
export function resolveIntrinsics(value: unknown, lookup: Lookup): unknown {
  const resolved = resolveValue(value, lookup);
  return resolved === absent ? undefined : resolved;
}

function resolveValue(value: unknown, lookup: Lookup): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, lookup)).filter((item) => item !== absent);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only !== undefined && entries.length === 1 && isIntrinsic(only[0])) {
    return callIntrinsic(only[0], only[1], lookup);
  }
  return Object.fromEntries(
    entries
      .map(([key, item]): [string, unknown] => [key, resolveValue(item, lookup)])
      .filter(([, item]) => item !== absent),
  );
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key === 'Condition' || key.startsWith('Fn::');
}

function callIntrinsic(name: string, argument: unknown, lookup: Lookup): unknown {
  // The branch of Fn::If that is not taken may name resources that do not exist.
  if (name === 'Fn::If') {
    const [condition, yes, no] = argument as [string, unknown, unknown];
    return resolveValue(lookup.condition(condition) ? yes : no, lookup);
  }
  if (name === 'Fn::Sub') return substitute(argument, lookup);
  const resolved = resolveValue(argument, lookup);
  switch (name) {
    case 'Ref':
      return lookup.ref(String(resolved));
    case 'Condition':
      // A function in Conditions, but a plain key in an IAM statement.
      return typeof resolved === 'string' ? lookup.condition(resolved) : { Condition: resolved };
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = Array.isArray(resolved)
        ? [String(resolved[0]), resolved.slice(1).join('.')]
        : splitOnce(String(resolved), '.');
      return lookup.attribute(logicalId, attribute);
    }
    case 'Fn::Join': {
      const [separator, parts] = resolved as [string, unknown[]];
      return parts.join(separator);
    }
    case 'Fn::Split': {
      const [separator, text] = resolved as [string, string];
      return text.split(separator);
    }
    case 'Fn::Select': {
      const [index, list] = resolved as [number | string, unknown[]];
      return list[Number(index)];
    }
    case 'Fn::FindInMap': {
      const [map, first, second] = resolved as [string, string, string];
      return lookup.mapping(map, first, second);
    }
    case 'Fn::Base64':
      return Buffer.from(String(resolved)).toString('base64');
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => `${localAccount.region}${zone}`);
    case 'Fn::Equals': {
      const [left, right] = resolved as [unknown, unknown];
      return left === right;
    }
    case 'Fn::And':
      return (resolved as unknown[]).every(Boolean);
    case 'Fn::Or':
      return (resolved as unknown[]).some(Boolean);
    case 'Fn::Not':
      return !(resolved as unknown[])[0];
    default:
      throw new TemplateError(`The local cloud does not know the intrinsic function ${name}.`);
  }
}

function substitute(argument: unknown, lookup: Lookup): string {
  const [text, given] = (Array.isArray(argument) ? argument : [argument, {}]) as [
    string,
    Record<string, unknown>,
  ];
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(given, name)) return String(resolveValue(given[name], lookup));
    const [logicalId, attribute] = splitOnce(name, '.');
    return String(attribute ? lookup.attribute(logicalId, attribute) : lookup.ref(name));
  });
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
