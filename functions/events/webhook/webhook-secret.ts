import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientOptions } from '../../runtime/aws-client.ts';
import type { Clock } from '../../runtime/timing.ts';

/** A secret that was replaced signs for so long at most. */
export const secretKeptMs = 5 * 60_000;

/** Reads the secret that signs, once for all events of a batch, and asks for it again after five minutes. */
export function webhookSecret(secretArn: string, clock: Clock): () => Promise<string> {
  const client = new SecretsManagerClient(clientOptions());
  let kept: { value: Promise<string>; untilMs: number } | undefined;
  const read = async () => {
    try {
      const { SecretString = '' } = await client.send(
        new GetSecretValueCommand({ SecretId: secretArn }),
      );
      return SecretString;
    } catch (error) {
      kept = undefined;
      throw error;
    }
  };
  return () => {
    if (kept && clock() < kept.untilMs) return kept.value;
    const untilMs = clock() + secretKeptMs;
    kept = { value: read(), untilMs };
    return kept.value;
  };
}
