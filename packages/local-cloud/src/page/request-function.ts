import { createContext, Script } from 'node:vm';
import type { Template } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';

/** What a CloudFront function makes of a request for a file: another path, or an answer of its own. */
export type RequestFunction = (
  method: string,
  uri: string,
) => { uri: string } | { status: number; headers: Record<string, string> };

export interface FunctionAssociation {
  EventType: string;
  FunctionARN: string;
}

/**
 * CloudFront allows a function a millisecond or so of processor time. This is time that passes, and on a busy
 * machine a function may wait for most of it: only one that never ends is to be stopped.
 */
const timeoutMs = 2000;
/** The quota of CloudFront. */
const maxCodeBytes = 10_240;

/** The function that the distribution runs at each request, if any; throws one sentence about another one. */
export function readRequestFunction(
  template: Template,
  associations: readonly FunctionAssociation[] = [],
): RequestFunction | undefined {
  const [association, ...others] = associations;
  if (association === undefined) return undefined;
  if (others.length > 0 || association.EventType !== 'viewer-request') {
    throw new TemplateError('One function of a distribution can be run, at viewer-request.');
  }
  const code = codeOf(template, association.FunctionARN);
  if (Buffer.byteLength(code) > maxCodeBytes) {
    throw new TemplateError(`CloudFront takes functions of up to ${maxCodeBytes} bytes.`);
  }
  return createRequestFunction(code);
}

function codeOf(template: Template, arn: string): string {
  const declared = template
    .resources<{ FunctionCode: string }>('AWS::CloudFront::Function')
    .find(
      ({ logicalId }) => template.resolve({ 'Fn::GetAtt': [logicalId, 'FunctionARN'] }) === arn,
    );
  if (declared) return declared.properties.FunctionCode;
  throw new TemplateError(`The distribution's function ${arn} is not in the template.`);
}

interface FunctionResult {
  uri?: string;
  statusCode?: number;
  headers?: Record<string, { value: string }>;
}

/** The code sees what CloudFront shows it: no network, no clock, no other file. */
function createRequestFunction(code: string): RequestFunction {
  const sandbox = createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  new Script(code).runInContext(sandbox, { timeout: timeoutMs });
  return (method, uri) => {
    const request = { method, uri, querystring: {}, headers: {}, cookies: {} };
    const event = JSON.stringify({ version: '1.0', viewer: { ip: '127.0.0.1' }, request });
    const call = new Script(`JSON.stringify(handler(${event}))`);
    const result: FunctionResult = JSON.parse(call.runInContext(sandbox, { timeout: timeoutMs }));
    if (result.statusCode === undefined) return { uri: result.uri ?? uri };
    const headers = Object.entries(result.headers ?? {}).map(([name, { value }]) => [name, value]);
    return { status: result.statusCode, headers: Object.fromEntries(headers) };
  };
}
