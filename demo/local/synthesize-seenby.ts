import { join } from 'node:path';
import {
  type CachedAssembly,
  synthesizeCached,
} from '@seenby/local-cloud/synthesis/assembly-cache.ts';
import { synthesize } from '@seenby/local-cloud/synthesis/synthesize.ts';
import { localAudience, localIssuer } from './identity/identity-provider.ts';

/** The settings of a stack whose tokens come from the local identity provider. */
const localSettings: Record<string, string> = {
  issuer: localIssuer,
  audience: localAudience,
  jwksUri: `${localIssuer}/.well-known/jwks.json`,
  userIdClaim: 'sub',
  removalPolicy: 'destroy',
  presence: 'true',
};

/** Pages outside docs/ that the documentation has as well. */
const projectPages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];

/** Everything that goes into the assembly: the app, its functions, the page, and what builds them. */
const sources = [
  ...['bin', 'lib', 'functions', 'demo/web', 'site', 'docs', 'examples', ...projectPages],
  ...['core', 'protocol', 'client'].flatMap((name) => [
    `packages/${name}/src`,
    `packages/${name}/package.json`,
  ]),
  ...['client', 'server', 'local-cloud'].map((name) => `packages/${name}/README.md`),
  ...['cdk.json', 'cdk.context.json', 'tsconfig.json', 'package.json', 'package-lock.json'],
];

/**
 * The stack as the local cloud runs it; `settings` win over the local ones. The local cloud says itself what it cannot
 * run; what CloudFormation would refuse, tests of the templates find. Throws SynthesisError.
 */
export const synthesizeSeenby: typeof synthesize = ({ settings, environment, ...options }) =>
  synthesize({
    ...options,
    settings: { ...localSettings, ...settings },
    environment: { SEENBY_VALIDATION: 'off', ...environment },
  });

/** The same, synthesized again only when something that goes into it has changed. */
export const assemblyOf = (
  projectDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<CachedAssembly> =>
  synthesizeCached({
    ...{ projectDir, sources, settings: { ...localSettings, ...settings } },
    cacheDir: join(projectDir, '.local', 'assemblies'),
    synthesizeInto: synthesizeSeenby,
  });
