import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readAssetSources } from '../template/asset-sources.ts';
import { type Template, TemplateError } from '../template/template.ts';
import { createKeyFilter } from './key-filter.ts';
import { encodeMarkers, type Markers, type MarkersConfig } from './markers.ts';

/** A file of the assembly that a deployment puts into a bucket. */
export interface DeployedFile {
  path: string;
  markers: Markers;
  cacheControl: string | undefined;
}

export type BucketContents = ReadonlyMap<string, DeployedFile>;

interface DeploymentProperties {
  SourceObjectKeys: string[];
  SourceMarkers?: Record<string, unknown>[];
  SourceMarkersConfig?: MarkersConfig[];
  DestinationBucketName: string;
  DestinationBucketKeyPrefix?: string;
  Exclude?: string[];
  Include?: string[];
  SystemMetadata?: Record<string, string>;
}

/** What the template's deployments put into a bucket, by key. Throws TemplateError. */
export function readBucketContents(template: Template, bucketName: string): BucketContents {
  const assets = readAssetSources(template.assemblyDir);
  return new Map(
    template
      .resources<DeploymentProperties>('Custom::CDKBucketDeployment')
      .filter(({ properties }) => properties.DestinationBucketName === bucketName)
      .flatMap(({ properties }) => deployedFiles(properties, assets)),
  );
}

function deployedFiles(
  properties: DeploymentProperties,
  assets: ReadonlyMap<string, string>,
): [key: string, file: DeployedFile][] {
  const { SourceObjectKeys, SourceMarkers, SourceMarkersConfig, SystemMetadata } = properties;
  const isTaken = createKeyFilter(properties.Exclude, properties.Include);
  const prefix = properties.DestinationBucketKeyPrefix?.replace(/\/*$/, '/').replace(/^\//, '');
  return SourceObjectKeys.flatMap((objectKey, index) => {
    const markers = encodeMarkers(SourceMarkers?.[index], SourceMarkersConfig?.[index]);
    return filesBelow(folderOf(assets, objectKey))
      .filter(({ key }) => isTaken(key))
      .map(({ key, path }): [string, DeployedFile] => [
        `${prefix ?? ''}${key}`,
        { path, markers, cacheControl: SystemMetadata?.['cache-control'] },
      ]);
  });
}

function folderOf(assets: ReadonlyMap<string, string>, objectKey: string): string {
  const folder = assets.get(objectKey);
  if (folder !== undefined) return folder;
  throw new TemplateError(`A deployment's source ${objectKey} is not among the assets.`);
}

function filesBelow(folder: string): { key: string; path: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ key: relative(folder, path).replaceAll(sep, '/'), path }));
}
