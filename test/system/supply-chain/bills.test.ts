import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { handlerFiles } from '../../../lib/functions/handler-file.ts';
import { projectDir } from '../../../scripts/package/package-source.ts';
import { type Bill, billOf, type Deliverable } from '../../../scripts/supply-chain/cyclone-dx.ts';
import { buildDeployed, packagesOf } from '../../../scripts/supply-chain/deployed.ts';
import { readLockFile } from '../../../scripts/supply-chain/lock-file.ts';
import { packagesInside } from '../../../scripts/supply-chain/packages-inside.ts';
import { schemaProblems } from './cyclone-dx-schema.ts';

const lock = readLockFile(projectDir);
const tools = packagesOf(['node_modules/esbuild/x', 'node_modules/aws-cdk-lib/x'], lock);
const subject = { name: 'seenby', version: '0.1.0', type: 'application' } as const;
let deployed: Deliverable[];
let bill: Bill;

beforeAll(async () => {
  deployed = await buildDeployed(lock);
  bill = billOf({ subject, deliverables: deployed, tools, timestamp: '2026-11-27T12:00:00.000Z' });
});

const dependenciesOf = (name: string) =>
  bill.dependencies.find(({ ref }) => ref === `built:${name}`)?.dependsOn;

describe('the bill of what is deployed', () => {
  it('holds against the schema of CycloneDX, which notices what is wrong', () => {
    expect(schemaProblems(bill)).toEqual([]);
    const [first] = bill.components;
    const wrong = { ...bill, components: [{ ...first, type: 'thing' }] };
    expect(schemaProblems(wrong).join()).toContain('/components/0/type must be equal to one of');
  });

  it('has every function, with the bytes that the assembly has', () => {
    const hashes = new Set(
      readdirSync(inject('fullAssemblyDir'), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('index.mjs'))
        .map((path) => readFileSync(join(inject('fullAssemblyDir'), path)))
        .map((content) => createHash('sha256').update(content).digest('hex')),
    );
    const billed = bill.components.flatMap(({ name, ...more }) =>
      name.startsWith('function/') && 'components' in more
        ? more.components.filter((file) => file.name === 'index.mjs')
        : [],
    );
    expect(billed).toHaveLength(handlerFiles.length);
    expect(new Set(billed.map(({ hashes: [hash] }) => hash?.content))).toEqual(hashes);
  });

  it('names what is inside a function, and nothing that only others have', () => {
    expect(dependenciesOf('function/webhook')).toContainEqual(
      expect.stringMatching(/^pkg:npm\/%40aws-sdk\/client-secrets-manager@/),
    );
    expect(dependenciesOf('function/authorizer')).toEqual([
      expect.stringMatching(/^pkg:npm\/jose@/),
      expect.stringMatching(/^pkg:npm\/zod@/),
    ]);
    expect(dependenciesOf('page')).toContainEqual(expect.stringMatching(/^pkg:npm\/react-dom@/));
  });

  it('has all packages with their licence and hash', () => {
    const libraries = bill.components.filter((each) => 'purl' in each);
    expect(libraries.length).toBeGreaterThan(30);
    for (const library of libraries) {
      expect(library).toMatchObject({ licenses: [{}], hashes: [{ alg: 'SHA-512' }] });
    }
  });

  it('is the same for the same source', () => {
    const again = billOf({ subject, deliverables: deployed, tools });
    expect({ ...again, metadata: bill.metadata, serialNumber: bill.serialNumber }).toEqual(bill);
    expect(billOf({ subject, deliverables: deployed, tools })).toEqual(again);
    expect(again.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

it('every package of others that is inside has a reason in packages-inside.ts, and none is left there', () => {
  const names = deployed.flatMap(({ packages }) => packages.map(({ name }) => name));
  expect([...new Set(names)].sort()).toEqual(Object.keys(packagesInside).sort());
});

it('a file of a package that the lock file does not know is refused', () => {
  expect(() => packagesOf(['node_modules/unknown/index.js'], lock)).toThrow(
    'node_modules/unknown is bundled, and package-lock.json does not know it',
  );
});
