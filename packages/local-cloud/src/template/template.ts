import { readAssembly, type TemplateBody, type TemplateResource } from './assembly.ts';
import { type Lookup, pseudoParameter, resolveIntrinsics } from './intrinsics.ts';
import { arnOf, attributeOf, isQualified, namePropertyOf, refOf } from './physical-names.ts';
import { TemplateError } from './template-error.ts';

export { TemplateError } from './template-error.ts';

export interface ResolvedResource<P = Record<string, unknown>> {
  logicalId: string;
  properties: P;
  metadata: Record<string, unknown>;
}

/** The one stack of a cloud assembly, with intrinsics resolved. */
export class Template {
  /** Throws TemplateError with one clear sentence if the assembly is missing or broken. */
  static read(assemblyDir: string): Template {
    return new Template(assemblyDir, readAssembly(assemblyDir));
  }

  readonly assemblyDir: string;
  readonly outputs: Record<string, unknown>;
  readonly #body: TemplateBody;
  readonly #lookup: Lookup;
  readonly #logicalIdByArn = new Map<string, string>();

  private constructor(assemblyDir: string, body: TemplateBody & { stackName: string }) {
    this.assemblyDir = assemblyDir;
    this.#body = body;
    this.#lookup = {
      ref: (name) => this.#ref(name, body.stackName),
      attribute: (logicalId, attribute) => this.#attribute(logicalId, attribute),
      condition: (name) => this.#condition(name),
      mapping: (name, first, second) => body.Mappings?.[name]?.[first]?.[second],
    };
    this.#noteNames();
    this.outputs = Object.fromEntries(
      Object.entries(body.Outputs ?? {})
        .filter(([, output]) => this.#exists(output))
        .map(([name, output]) => [name, this.resolve(output.Value)]),
    );
  }

  /** Every resource of a type, in the template's order, properties resolved. */
  resources<P = Record<string, unknown>>(type: string): ResolvedResource<P>[] {
    return Object.entries(this.#body.Resources)
      .filter(([, resource]) => resource.Type === type && this.#exists(resource))
      .map(([logicalId, resource]) => ({
        logicalId,
        properties: this.#propertiesOf(resource) as P,
        metadata: resource.Metadata ?? {},
      }));
  }

  find(logicalId: string): (Omit<ResolvedResource, 'logicalId'> & { type: string }) | undefined {
    const resource = this.#body.Resources[logicalId];
    if (resource === undefined || !this.#exists(resource)) return undefined;
    return {
      type: resource.Type,
      properties: this.#propertiesOf(resource),
      metadata: resource.Metadata ?? {},
    };
  }

  /** Replaces the intrinsic functions in any value. Throws TemplateError for what it cannot resolve. */
  resolve(value: unknown): unknown {
    return resolveIntrinsics(value, this.#lookup);
  }

  /**
   * The resource behind an ARN (of a table's stream, too), what `Ref` gives, or an API Gateway
   * integration or authorizer URI with a function's ARN inside. Behind an alias or a version it is
   * the function.
   */
  logicalIdOf(arn: string): string | undefined {
    const inner = /\/functions\/(arn:[^/]+)\/invocations$/.exec(arn)?.[1] ?? arn;
    const withoutStream = inner.replace(/\/stream\/.*$/, '');
    return this.#logicalIdByArn.get(inner) ?? this.#logicalIdByArn.get(withoutStream);
  }

  #noteNames(): void {
    const all = Object.entries(this.#body.Resources);
    for (const [logicalId, resource] of all.filter(([, { Type }]) => !isQualified(Type))) {
      const name = this.#nameOf(logicalId, resource);
      this.#logicalIdByArn.set(arnOf(resource.Type, name), logicalId);
      this.#logicalIdByArn.set(refOf(resource.Type, name), logicalId);
    }
    for (const [logicalId, resource] of all.filter(([, { Type }]) => isQualified(Type))) {
      const functionId = this.logicalIdOf(String(this.resolve(resource.Properties?.FunctionName)));
      if (functionId === undefined) throw new TemplateError(`${logicalId} has no function.`);
      const name = this.#nameOf(logicalId, resource);
      this.#logicalIdByArn.set(name, functionId);
      this.#logicalIdByArn.set(arnOf(resource.Type, name), functionId);
    }
  }

  #propertiesOf(resource: TemplateResource): Record<string, unknown> {
    return this.resolve(resource.Properties ?? {}) as Record<string, unknown>;
  }

  #exists(item: { Condition?: string }): boolean {
    return item.Condition === undefined || this.#condition(item.Condition);
  }

  #condition(name: string): boolean {
    const condition = this.#body.Conditions?.[name];
    if (condition === undefined) throw new TemplateError(`There is no condition ${name}.`);
    return this.resolve(condition) === true;
  }

  #ref(name: string, stackName: string): unknown {
    const pseudo = pseudoParameter(name, stackName);
    if (pseudo !== undefined) return pseudo;
    const resource = this.#body.Resources[name];
    if (resource !== undefined) return refOf(resource.Type, this.#nameOf(name, resource));
    const parameter = this.#body.Parameters?.[name];
    if (parameter?.Default === undefined) {
      throw new TemplateError(
        parameter === undefined
          ? `The template refers to ${name}, which does not exist.`
          : `The parameter ${name} has no default, so the local cloud cannot choose a value.`,
      );
    }
    return parameter.Default;
  }

  #attribute(logicalId: string, attribute: string): string {
    const resource = this.#body.Resources[logicalId];
    if (resource === undefined) {
      throw new TemplateError(`The template refers to ${logicalId}, which does not exist.`);
    }
    const name = this.#nameOf(logicalId, resource);
    return attributeOf(resource.Type, name, attribute, resource.Properties ?? {});
  }

  #nameOf(logicalId: string, resource: TemplateResource): string {
    if (isQualified(resource.Type)) return this.#qualifiedName(resource);
    const property = namePropertyOf(resource.Type);
    const declared = property === undefined ? undefined : resource.Properties?.[property];
    return declared === undefined ? logicalId : String(this.resolve(declared));
  }

  /** `<function>:<alias>`; of the versions there is only ever the first. */
  #qualifiedName({ Properties = {} }: TemplateResource): string {
    return `${this.resolve(Properties.FunctionName)}:${this.resolve(Properties.Name ?? '1')}`;
  }
}
