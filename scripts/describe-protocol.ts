import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSocket } from './protocol/async-api.ts';
import { describeHttp } from './protocol/open-api.ts';
import { describeReference } from './protocol/reference/reference.ts';

const docsDir = join(import.meta.dirname, '..', 'docs');

/** The documents that are made of the protocol's schemas, by their file in docs/. */
export const protocolDocuments = (): Record<string, string> => ({
  'openapi.json': textOf(describeHttp()),
  'asyncapi.json': textOf(describeSocket()),
  'protocol-reference.md': describeReference(),
});

const textOf = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

if (import.meta.main) {
  for (const [file, text] of Object.entries(protocolDocuments())) {
    writeFileSync(join(docsDir, file), text);
  }
}
