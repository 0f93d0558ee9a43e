import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { readBody } from '../gateway/read-body.ts';
import { respondJson } from '../gateway/respond.ts';
import type { Authorize } from '../permissions/permissions.ts';
import { type Template, TemplateError } from '../template/template.ts';
import { type GenerateSecretString, generateSecret } from './generated-secret.ts';

interface SecretProperties {
  GenerateSecretString?: GenerateSecretString;
  KmsKeyId?: string;
  SecretString?: string;
}

/** Of each secret the newest values, the current one first. */
interface Version {
  id: string;
  value: string;
}

interface Call {
  SecretId?: string;
  SecretString?: string;
  VersionStage?: string;
}

const stages = ['AWSCURRENT', 'AWSPREVIOUS'];
const maxBytes = 70_000;

/** Secrets Manager with the template's secrets: reading one, and putting another in its place. */
export class Secrets {
  readonly #template: Template;
  readonly #authorize: Authorize;
  readonly #file: string | undefined;
  readonly #versions: Map<string, readonly Version[]>;

  /** With `file`, values outlive the process: clients have been given them. */
  constructor(template: Template, authorize: Authorize, file?: string) {
    this.#template = template;
    this.#authorize = authorize;
    this.#file = file;
    const kept: Record<string, readonly Version[]> =
      file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    const secrets = template.resources<SecretProperties>('AWS::SecretsManager::Secret');
    this.#versions = new Map(
      secrets.map(({ logicalId, properties }) => [
        logicalId,
        kept[logicalId] ?? [versionOf(firstValue(logicalId, properties))],
      ]),
    );
    this.#keep();
  }

  /** The current value, by logical id. */
  valueOf(logicalId: string): string | undefined {
    return this.#versions.get(logicalId)?.[0]?.value;
  }

  /** The value before becomes the previous one. */
  put(logicalId: string, value: string): void {
    const [current] = this.#versions.get(logicalId) ?? [];
    if (!current) throw new Error(`There is no secret ${logicalId}.`);
    this.#versions.set(logicalId, [versionOf(value), current]);
    this.#keep();
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const action = String(request.headers['x-amz-target']).replace(/^secretsmanager\./, '');
    const body = await readBody(request, maxBytes);
    const call = (body === 'tooLarge' ? {} : JSON.parse(body.toString())) as Call;
    const logicalId = this.#template.logicalIdOf(call.SecretId ?? '');
    if (!logicalId || !this.#versions.has(logicalId)) {
      return refuse(response, 'ResourceNotFoundException', 'There is no such secret.');
    }
    const arn = String(this.#template.resolve({ Ref: logicalId }));
    const need = { action: `secretsmanager:${action}`, resource: arn };
    const refusal = this.#authorize(request.headers.authorization, need);
    if (refusal !== undefined) return refuse(response, 'AccessDeniedException', refusal);
    if (action === 'PutSecretValue') this.put(logicalId, call.SecretString ?? '');
    else if (action !== 'GetSecretValue') {
      return refuse(response, 'UnknownOperationException', `${action} is not known here.`);
    }
    this.#answer(logicalId, arn, call, response);
  }

  #answer(
    logicalId: string,
    ARN: string,
    { VersionStage = 'AWSCURRENT' }: Call,
    to: ServerResponse,
  ) {
    const version = this.#versions.get(logicalId)?.[stages.indexOf(VersionStage)];
    if (!version) return refuse(to, 'ResourceNotFoundException', `There is no ${VersionStage}.`);
    const { id: VersionId, value: SecretString } = version;
    respondJson(to, 200, {
      ARN,
      Name: logicalId,
      VersionId,
      SecretString,
      VersionStages: [VersionStage],
    });
  }

  #keep(): void {
    if (this.#file === undefined || this.#versions.size === 0) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(Object.fromEntries(this.#versions)), { mode: 0o600 });
  }
}

const versionOf = (value: string): Version => ({ id: randomUUID(), value });

function firstValue(logicalId: string, properties: SecretProperties): string {
  const { GenerateSecretString: asked, KmsKeyId, SecretString } = properties;
  if (KmsKeyId !== undefined) {
    throw new TemplateError(`The local cloud has no keys for the secret ${logicalId}.`);
  }
  return SecretString ?? generateSecret(asked ?? {});
}

const refuse = (response: ServerResponse, type: string, message: string): void =>
  respondJson(response, 400, { __type: type, message });
