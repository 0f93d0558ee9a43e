import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
}

/** A copy of the stack each of whose functions throws while it is broken. */
export class BreakableStack {
  readonly assemblyDir: string;

  /** @param maxRetries After which streams give up; undefined leaves that as it is declared. */
  constructor(assemblyDir: string, maxRetries: number | undefined) {
    this.assemblyDir = mkdtempSync(join(tmpdir(), 'seenby-breakable-'));
    cpSync(assemblyDir, this.assemblyDir, { recursive: true });
    const path = join(this.assemblyDir, 'Seenby.template.json');
    const { Resources } = JSON.parse(readFileSync(path, 'utf8')) as {
      Resources: Record<string, Resource>;
    };
    for (const [logicalId, { Type, Properties, Metadata }] of Object.entries(Resources)) {
      if (maxRetries !== undefined && /StreamMapping/.test(logicalId)) {
        Properties.MaximumRetryAttempts = maxRetries;
      }
      if (Type === 'AWS::Lambda::Function' && String(Properties.Runtime).startsWith('nodejs')) {
        this.#wrap(nameOf(logicalId), String(Metadata?.['aws:asset:path']));
      }
    }
    const template = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...template, Resources }));
  }

  /** By the name of its construct. */
  break(name: string): void {
    writeFileSync(this.#sign(name), '');
  }

  mend(name: string): void {
    rmSync(this.#sign(name));
  }

  /** Its next invocation logs a warning, by its own console. */
  warn(name: string, line: object): void {
    writeFileSync(`${this.#sign(name)}.json`, JSON.stringify(line));
  }

  remove(): void {
    rmSync(this.assemblyDir, { recursive: true, force: true });
  }

  #sign(name: string): string {
    return join(this.assemblyDir, `${name}-is-broken`);
  }

  #wrap(name: string, asset: string): void {
    const index = join(this.assemblyDir, asset, 'index.mjs');
    renameSync(index, join(this.assemblyDir, asset, 'whole.mjs'));
    writeFileSync(
      index,
      `import { existsSync, readFileSync, rmSync } from 'node:fs';
      import * as whole from './whole.mjs';
      const sign = ${JSON.stringify(this.#sign(name))};
      export const handler = async (...invoked) => {
        if (existsSync(sign)) throw new Error('broken');
        if (existsSync(sign + '.json')) {
          console.warn(JSON.parse(readFileSync(sign + '.json', 'utf8')));
          rmSync(sign + '.json');
        }
        return whole.handler(...invoked);
      };`,
    );
  }
}

/** Without the eight digits that CDK adds. */
export const nameOf = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');
