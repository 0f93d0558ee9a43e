import { mkdirSync } from 'node:fs';
import { type Clock, systemClock } from '../clock.ts';
import { type Apis, readApis, refusedArns } from '../gateway/definition/api-definition.ts';
import { Permissions } from '../permissions/permissions.ts';
import { checkLogging, checkSources } from '../permissions/source-permissions.ts';
import { Template } from '../template/template.ts';
import type { CloudOptions } from './options.ts';

/** What every step of a start needs. */
export interface Stack {
  template: Template;
  apis: Apis;
  permissions: Permissions;
  clock: Clock;
  /** What is wrong. */
  log: (line: string) => void;
  /** What is good to know, and no fault. */
  note: (line: string) => void;
  reportFault: (cause: unknown) => void;
  /** Gets what each step has started. Last started, first stopped: nobody loses what they still use. */
  running: AsyncDisposableStack;
}

/** Reads the assembly and checks what can be checked without running it. Throws TemplateError. */
export function readStack(options: CloudOptions, running: AsyncDisposableStack): Stack {
  const { dataDir, clock = systemClock, logLine: log = () => {}, noteLine: note = log } = options;
  const template = Template.read(options.assemblyDir);
  const apis = readApis(template);
  for (const arn of refusedArns(apis)) {
    log(`No permission of a function covers ${arn}: such calls fail, as on AWS.`);
  }
  const permissions = new Permissions(template, log);
  checkSources(template, permissions);
  checkLogging(template, permissions);
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const reportFault = (cause: unknown) => log(String(cause));
  return { template, apis, permissions, clock, log, note, reportFault, running };
}
