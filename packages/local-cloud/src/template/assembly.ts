import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError } from './template-error.ts';

export interface TemplateResource {
  Type: string;
  Condition?: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
}

/** A CloudFormation template as `cdk synth` writes it. */
export interface TemplateBody {
  Resources: Record<string, TemplateResource>;
  Parameters?: Record<string, { Type: string; Default?: unknown }>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
}

interface Manifest {
  artifacts?: Record<string, { type: string; properties?: { templateFile?: string } }>;
}

/** Reads the template of the one stack in a cloud assembly. Throws TemplateError. */
export function readAssembly(assemblyDir: string): TemplateBody & { stackName: string } {
  const manifest = readJson<Manifest>(join(assemblyDir, 'manifest.json'));
  const stacks = Object.entries(manifest.artifacts ?? {}).filter(
    ([, artifact]) => artifact.type === 'aws:cloudformation:stack',
  );
  const [only, ...others] = stacks;
  if (only === undefined || others.length > 0) {
    throw new TemplateError(
      `${assemblyDir} holds ${stacks.length} stacks, and the local cloud runs exactly one.`,
    );
  }
  const [stackName, artifact] = only;
  const file = join(assemblyDir, artifact.properties?.templateFile ?? `${stackName}.template.json`);
  const body = readJson<Partial<TemplateBody>>(file);
  if (typeof body.Resources !== 'object') {
    throw new TemplateError(`${file} has no Resources.`);
  }
  return { ...body, Resources: body.Resources, stackName };
}

function readJson<T>(file: string): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new TemplateError(`${file} cannot be read: run "npx cdk synth" first.`, { cause });
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new TemplateError(`${file} is not valid JSON: run "npx cdk synth" again.`, { cause });
  }
}
