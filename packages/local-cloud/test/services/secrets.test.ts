import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { generateSecret } from '../../src/services/generated-secret.ts';
import { Secrets } from '../../src/services/secrets.ts';
import { Template } from '../../src/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';
import { servicesOf } from './services-of.ts';

const resources = {
  Known: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'sesame' } },
  Made: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { GenerateSecretString: { PasswordLength: 44, ExcludePunctuation: true } },
  },
};
const services = servicesOf(resources);
const template = Template.read(writeAssembly({ Resources: resources }));
const arnOf = (id: string) => String(template.resolve({ Ref: id }));

const get = (SecretId: string, VersionStage?: string) =>
  new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId, ...(VersionStage && { VersionStage }) }),
  );

describe('Secrets Manager', () => {
  it('has the values of the template, given and made', async () => {
    expect(await get(arnOf('Known'))).toMatchObject({ SecretString: 'sesame' });
    const { SecretString } = await get(arnOf('Made'));
    expect(SecretString).toMatch(/^[A-Za-z0-9]{44}$/);
    expect(services().secrets.valueOf('Made')).toBe(SecretString);
  });

  it('keeps the value before a new one, and all of them in a file that others cannot read', async () => {
    const SecretId = arnOf('Known');
    await expect(get(SecretId, 'AWSPREVIOUS')).rejects.toThrow('There is no AWSPREVIOUS');
    await new SecretsManagerClient({}).send(
      new PutSecretValueCommand({ SecretId, SecretString: 'open' }),
    );
    expect(await get(SecretId)).toMatchObject({ SecretString: 'open' });
    expect(await get(SecretId, 'AWSPREVIOUS')).toMatchObject({ SecretString: 'sesame' });
    const file = join(services().objectsDir, '..', 'secrets.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('open');
    expect(new Secrets(template, () => undefined, file).valueOf('Known')).toBe('open');
  });

  it('has no other secrets', async () => {
    await expect(get('Other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('makes values of the characters that are asked for', () => {
    const characters = { ExcludePunctuation: true, ExcludeUppercase: true, ExcludeNumbers: true };
    expect(generateSecret({ ...characters, ExcludeCharacters: 'abc' })).toMatch(/^[d-z]{32}$/);
    const json = { SecretStringTemplate: '{"user":"ann"}', GenerateStringKey: 'key' };
    const made = JSON.parse(generateSecret({ ...json, PasswordLength: 9 }));
    expect(made).toEqual({ user: 'ann', key: expect.stringMatching(/^.{9}$/) });
  });
});
