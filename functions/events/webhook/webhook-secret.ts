import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientOptions } from '../../runtime/aws-client.ts';
import type { Clock } from '../../runtime/timing.ts';

/** A secret that was replaced signs for so long at most. */
export const secretKeptMs = 5 * 60_000;

/** Reads the secret that signs, and asks for it again after five minutes. */
export function webhookSecret(secretArn: string, clock: Clock): () => Promise<string> {
  const client = new SecretsManagerClient(clientOptions());
  let kept: { value: string; untilMs: number } | undefined;
  return async () => {
    if (kept && clock() < kept.untilMs) return kept.value;
    const { SecretString: value = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: secretArn }),
    );
    kept = { value, untilMs: clock() + secretKeptMs };
    return value;
  };
}
