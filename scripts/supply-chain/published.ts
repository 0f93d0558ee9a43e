import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Deliverable, purlOf, type Subject } from './cyclone-dx.ts';
import { packagesOf, scriptsIn } from './deployed.ts';
import type { LockedPackage } from './lock-file.ts';

export interface PublishedPackage {
  subject: Subject;
  deliverables: readonly Deliverable[];
}

/** A package as it lies in a folder, ready to be published. The maps beside its scripts say what is inside. */
export function readPublished(
  distDir: string,
  lock: ReadonlyMap<string, LockedPackage>,
): PublishedPackage {
  const { name, version } = JSON.parse(readFileSync(join(distDir, 'package.json'), 'utf8'));
  const files = scriptsIn(distDir);
  const sources = Object.keys(files).flatMap((file): string[] => {
    const map = JSON.parse(readFileSync(join(distDir, `${file}.map`), 'utf8'));
    return map.sources;
  });
  const subject = { name, version, type: 'library', purl: purlOf({ name, version }) } as const;
  return { subject, deliverables: [{ name, files, packages: packagesOf(sources, lock) }] };
}
