import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError } from './template-error.ts';

interface Manifest {
  artifacts?: Record<string, { type: string; properties?: { file?: string } }>;
}

interface AssetManifest {
  files?: Record<
    string,
    { source: { path?: string }; destinations: Record<string, { objectKey: string }> }
  >;
}

/** Where the assembly keeps each asset, by the key under which a deployment would find it. */
export function readAssetSources(assemblyDir: string): ReadonlyMap<string, string> {
  const { artifacts = {} } = readJson<Manifest>(join(assemblyDir, 'manifest.json'));
  const files = Object.values(artifacts)
    .filter(({ type }) => type === 'cdk:asset-manifest')
    .flatMap(({ properties }) => properties?.file ?? [])
    .flatMap((file) => Object.values(readJson<AssetManifest>(join(assemblyDir, file)).files ?? {}));
  return new Map(
    files.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }): [string, string] => [
        objectKey,
        join(assemblyDir, source.path ?? ''),
      ]),
    ),
  );
}

function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (cause) {
    throw new TemplateError(`${file} cannot be read: run "npx cdk synth" again.`, { cause });
  }
}
