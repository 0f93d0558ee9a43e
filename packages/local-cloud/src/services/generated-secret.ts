import { randomInt } from 'node:crypto';

/** `GenerateSecretString` of a template. */
export interface GenerateSecretString {
  ExcludeCharacters?: string;
  ExcludeLowercase?: boolean;
  ExcludeNumbers?: boolean;
  ExcludePunctuation?: boolean;
  ExcludeUppercase?: boolean;
  GenerateStringKey?: string;
  IncludeSpace?: boolean;
  PasswordLength?: number;
  SecretStringTemplate?: string;
}

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** A random text as Secrets Manager makes one, in the template's JSON if there is one. */
export function generateSecret(asked: GenerateSecretString): string {
  const { GenerateStringKey, PasswordLength = 32, SecretStringTemplate } = asked;
  const characters = charactersOf(asked);
  const text = Array.from(
    { length: PasswordLength },
    () => characters[randomInt(characters.length)],
  ).join('');
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return text;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: text });
}

function charactersOf(asked: GenerateSecretString): string {
  const all = [
    asked.ExcludeLowercase ? '' : lowercase,
    asked.ExcludeUppercase ? '' : lowercase.toUpperCase(),
    asked.ExcludeNumbers ? '' : '0123456789',
    asked.ExcludePunctuation ? '' : punctuation,
    asked.IncludeSpace ? ' ' : '',
  ].join('');
  return [...all].filter((one) => !asked.ExcludeCharacters?.includes(one)).join('');
}
