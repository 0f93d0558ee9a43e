import type { z } from 'zod';
import { type Settings, settingNames, settingsSchema } from './settings.ts';

export type ReadSettings =
  | { readonly outcome: 'settings'; readonly settings: Settings }
  | { readonly outcome: 'refused'; readonly reasons: readonly string[] };

/** CDK keeps its own state in the same map: feature flags, look-ups, and this one plain name. */
function belongsToCdk(key: string): boolean {
  return /[:/]/.test(key) || key === 'cli-telemetry';
}

function describeProblem(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `No such setting: ${issue.keys.join(', ')}. Settings are ${settingNames.join(', ')}.`;
  }
  return `Setting ${String(issue.path[0])}: ${issue.message}.`;
}

/**
 * Settings from the CDK context: `-c name=value` or `context` in cdk.json.
 * Each reason of a refusal is a sentence for the person at the terminal.
 */
export function readSettings(context: Readonly<Record<string, unknown>>): ReadSettings {
  const own = Object.entries(context).filter(([key]) => !belongsToCdk(key));
  const parsed = settingsSchema.safeParse(Object.fromEntries(own));
  if (parsed.success) return { outcome: 'settings', settings: parsed.data };
  return { outcome: 'refused', reasons: parsed.error.issues.map(describeProblem) };
}
