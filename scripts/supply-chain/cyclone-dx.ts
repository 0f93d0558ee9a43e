import { createHash } from 'node:crypto';
import type { LockedPackage } from './lock-file.ts';

/** Something that is deployed or published, and what of others is inside. */
export interface Deliverable {
  name: string;
  /** Its files, by name. */
  files: Readonly<Record<string, Uint8Array>>;
  packages: readonly LockedPackage[];
}

export interface Subject {
  name: string;
  version: string;
  type: 'application' | 'library';
  /** Its address as a package, if it is published. */
  purl?: string;
}

export interface BillOptions {
  subject: Subject;
  deliverables: readonly Deliverable[];
  /** What built them. */
  tools: readonly LockedPackage[];
  /** When the source was committed: the same source has the same bill. */
  timestamp?: string;
}

/** A bill of materials as CycloneDX 1.6 has it: https://cyclonedx.org/docs/1.6/json/. */
export function billOf({ subject, deliverables, tools, timestamp }: BillOptions) {
  const ref = subject.purl ?? `${subject.name}@${subject.version}`;
  const packages = new Map(
    deliverables.flatMap((each) => each.packages.map((inside) => [purlOf(inside), inside])),
  );
  const body = {
    metadata: {
      ...(timestamp && { timestamp }),
      lifecycles: [{ phase: 'build' }],
      tools: { components: tools.map(nameTool) },
      component: { 'bom-ref': ref, ...subject, licenses: licencesOf('MIT') },
    },
    components: [
      ...deliverables.map(describeDeliverable),
      ...[...packages.values()].map(describe).sort(byRef),
    ],
    dependencies: [
      { ref, dependsOn: deliverables.map(refOf) },
      ...deliverables.map((each) => ({
        ref: refOf(each),
        dependsOn: [...new Set(each.packages.map(purlOf))].sort(),
      })),
    ],
  };
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify(body))}`;
  return { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber, version: 1, ...body };
}

export type Bill = ReturnType<typeof billOf>;

const byRef = (one: { 'bom-ref': string }, other: { 'bom-ref': string }): number =>
  one['bom-ref'] < other['bom-ref'] ? -1 : 1;

const refOf = ({ name }: Deliverable): string => `built:${name}`;

const describeDeliverable = (deliverable: Deliverable) => ({
  ...{ type: 'application', 'bom-ref': refOf(deliverable), name: deliverable.name },
  ...{ licenses: licencesOf('MIT') },
  components: Object.entries(deliverable.files).map(([name, content]) => ({
    ...{ type: 'file', 'bom-ref': `${refOf(deliverable)}/${name}`, name },
    hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(content).digest('hex') }],
  })),
});

/** Something inside may have been a tool as well: only one may have the reference. */
function nameTool(tool: LockedPackage) {
  const { 'bom-ref': _, ...named } = describe(tool);
  return named;
}

function describe(locked: LockedPackage) {
  const [, group, name = locked.name] = /^(@[^/]+)\/(.+)$/.exec(locked.name) ?? [];
  const hash = locked.integrity?.replace(/^sha512-/, '');
  return {
    ...{ type: 'library', 'bom-ref': purlOf(locked), ...(group && { group }), name },
    ...{ version: locked.version, purl: purlOf(locked) },
    ...(locked.licence && { licenses: licencesOf(locked.licence) }),
    ...(hash && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }],
    }),
  };
}

const licencesOf = (expression: string) => [
  expression.includes(' ') ? { expression } : { license: { id: expression } },
];

/** The address of a package of npm: https://github.com/package-url/purl-spec. */
export const purlOf = ({ name, version }: { name: string; version: string }): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** Made of the content: the version and variant say that it is no random one. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    ...[hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`],
    ...[`${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)],
  ].join('-');
}
