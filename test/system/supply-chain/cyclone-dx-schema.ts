import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const schemaDir = join(
  dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);
const fileOf = (name: string): string => `${name}.SNAPSHOT.schema.json`;
const readSchema = (name: string): object =>
  JSON.parse(readFileSync(join(schemaDir, fileOf(name)), 'utf8'));

/** What is wrong with a bill of materials by the schema of CycloneDX 1.6, which is its own and not ours. */
export function schemaProblems(bill: unknown): string[] {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  // Addresses in bills are of ASCII, for which these two are the same.
  ajv.addFormat('iri-reference', /^\S*$/);
  ajv.addFormat('idn-email', /^\S+@\S+$/);
  // They are named by their files, not by their ids.
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    ajv.addSchema(readSchema(name), `http://cyclonedx.org/schema/${fileOf(name)}`);
  }
  const isValid = ajv.compile(readSchema('bom-1.6'));
  if (isValid(bill)) return [];
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
