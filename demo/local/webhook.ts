import type { LocalCloud } from '@seenby/local-cloud';
import { Template } from '@seenby/local-cloud/template/template.ts';

/** The setting of a stack that posts its events to an address, such as one of this machine. */
export const webhookSettings = (url: string | undefined): Record<string, string> =>
  url ? { webhookUrl: url } : {};

/**
 * The secret that signs events, if the stack posts any. One that is given takes the place of the one that was made, so
 * that a backend need not be told of another one after each start.
 */
export function signWith(
  given: string | undefined,
  { secrets }: Pick<LocalCloud, 'secrets'>,
  assemblyDir: string,
): string | undefined {
  const [secret] = Template.read(assemblyDir).resources('AWS::SecretsManager::Secret');
  if (!secret) return undefined;
  if (given) secrets.put(secret.logicalId, given);
  return secrets.valueOf(secret.logicalId);
}
