import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { expect, it, vi } from 'vitest';
import {
  secretKeptMs,
  webhookSecret,
} from '../../../../functions/events/webhook/webhook-secret.ts';
import { servicesOf } from '../../../../packages/local-cloud/test/services/services-of.ts';
import { writeAssembly } from '../../../../packages/local-cloud/test/template/write-assembly.ts';

const resources = {
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'first' } },
};
servicesOf(resources);
const template = Template.read(writeAssembly({ Resources: resources }, {}));
const arn = String(template.resolve({ Ref: 'Secret' }));

it('a secret that is replaced signs for five minutes at most', async () => {
  let now = 1000;
  const secret = webhookSecret(arn, () => now);
  expect(await secret()).toBe('first');
  const put = new PutSecretValueCommand({ SecretId: arn, SecretString: 'second' });
  await new SecretsManagerClient({}).send(put);
  now += secretKeptMs - 1;
  expect(await secret()).toBe('first');
  now += 1;
  expect(await secret()).toBe('second');
});

it('a secret is read once for all that ask at once', async () => {
  const read = vi.spyOn(SecretsManagerClient.prototype, 'send');
  const secret = webhookSecret(arn, () => 1000);
  const values = await Promise.all([secret(), secret(), secret()]);
  expect(new Set(values).size).toBe(1);
  expect(read).toHaveBeenCalledTimes(1);
  read.mockRestore();
});

it('a secret that is not there is a fault, and asked for again', async () => {
  const secret = webhookSecret(`${arn}x`, () => 0);
  await expect(secret()).rejects.toThrow('no such secret');
  await expect(secret()).rejects.toThrow('no such secret');
});
