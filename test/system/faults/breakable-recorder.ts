import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from '@seenby/local-cloud/template/template.ts';

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
}

/** A copy of the stack whose recorder fails while it is broken, and is given up after two attempts. */
export class BreakableRecorder {
  readonly assemblyDir: string;
  /** Of the recorder's dead letters. */
  readonly queueId: string;
  readonly #broken: string;

  constructor(assemblyDir: string) {
    this.assemblyDir = mkdtempSync(join(tmpdir(), 'seenby-broken-'));
    this.#broken = join(this.assemblyDir, 'recorder-is-broken');
    cpSync(assemblyDir, this.assemblyDir, { recursive: true });
    const path = join(this.assemblyDir, 'Seenby.template.json');
    const template = JSON.parse(readFileSync(path, 'utf8')) as {
      Resources: Record<string, Resource>;
    };
    const find = (type: string, name: RegExp) => {
      const found = Object.entries(template.Resources).find(
        ([logicalId, { Type }]) => Type === type && name.test(logicalId),
      );
      if (!found) throw new Error(`the template has no ${name}`);
      return found;
    };
    [this.queueId] = find('AWS::SQS::Queue', /^RecorderStreamDeadLetters/);
    const [, mapping] = find('AWS::Lambda::EventSourceMapping', /^RecorderStreamMapping/);
    mapping.Properties.MaximumRetryAttempts = 1;
    const [, recorder] = find('AWS::Lambda::Function', /^Recorder[0-9A-F]{8}$/);
    writeFileSync(path, JSON.stringify(template));
    this.#wrap(String(recorder.Metadata?.['aws:asset:path']));
    Template.read(this.assemblyDir);
  }

  break(): void {
    writeFileSync(this.#broken, '');
  }

  mend(): void {
    rmSync(this.#broken);
  }

  remove(): void {
    rmSync(this.assemblyDir, { recursive: true, force: true });
  }

  #wrap(asset: string): void {
    const index = join(this.assemblyDir, asset, 'index.mjs');
    if (!existsSync(index)) throw new Error('the recorder has no bundle');
    renameSync(index, join(this.assemblyDir, asset, 'recorder.mjs'));
    writeFileSync(
      index,
      `import { existsSync } from 'node:fs';
      import * as recorder from './recorder.mjs';
      export const handler = (...invoked) => {
        if (existsSync(${JSON.stringify(this.#broken)})) throw new Error('broken');
        return recorder.handler(...invoked);
      };`,
    );
  }
}
