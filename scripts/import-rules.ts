/**
 * What may import what: `npm run check` hands these rules to dependency-cruiser. It reads the sources
 * with swc, so imports of types count as any other, and follows `@seenby/*` to the files of the
 * packages. CONTRIBUTING.md has the same as a table.
 */
import type { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser';

const protocol = 'packages/protocol/src';
const core = 'packages/core/src';
const costs = 'packages/core/src/costs';
const client = 'packages/client/src';
const server = 'packages/server/src';
const localCloud = 'packages/local-cloud/src';
/** What the packages that are published are built with. */
const packaging = 'scripts/package';

/** The parts of the project, and what of the others each may import. */
const parts: Record<string, readonly string[]> = {
  [protocol]: [],
  [core]: [protocol],
  [costs]: [core],
  'packages/client': [protocol, core, packaging],
  'packages/server': [protocol, packaging],
  [localCloud]: [],
  'packages/local-cloud/test': [localCloud],
  functions: [core, protocol],
  // Names and limits that the template and the Lambdas have in common, and no use case.
  lib: [
    protocol,
    'functions/runtime/environment.ts',
    'functions/runtime/log.ts',
    'functions/runtime/usage-counts.ts',
    'demo/web/page-config.ts',
  ],
  bin: ['lib'],
  // Of the simulator the page uses the types of its answers.
  'demo/web': [client, protocol, costs, 'demo/simulator/api.ts'],
  'demo/simulator': [client, protocol],
  'demo/local': [localCloud],
  'site/build': [],
  'site/web': [costs, 'site/build/sections.ts', 'demo/web/page-storage.ts'],
  // What their readers have: the packages.
  examples: [client, server],
  // How what is deployed is built, for the bills of materials.
  scripts: [
    ...[localCloud, protocol],
    ...[
      'lib/functions/bundle-options.ts',
      'lib/functions/handler-file.ts',
      'site/build/build-site.ts',
    ],
  ],
  bench: [protocol, core, client, localCloud, 'functions', 'demo', 'test/support'],
  test: ['packages', 'functions', 'lib', 'bin', 'demo', 'scripts', 'bench', 'site'],
};

/**
 * The order of folders inside a part, the upper first. A folder may import those in the lines below
 * its own, and no other. `*` is the files of the folder itself.
 */
const orders: Record<string, readonly (readonly string[])[]> = {
  [client]: [
    ['react'],
    ['dom', 'elements'],
    ['*'],
    ['groups'],
    ['extras'],
    ['live'],
    ['outbox', 'read-state', 'receipts'],
    ['pending'],
    ['timeline'],
    ['session'],
    ['transport'],
  ],
  functions: [
    ['*'],
    ['handlers'],
    ['api'],
    ['auth', 'erasure', 'events', 'members', 'messages', 'presence', 'push/*', 'fan-out'],
    ['retention', 'sync'],
    ['statistics'],
    ['receipts'],
    ['groups'],
    ['push/recipients'],
    ['service'],
    ['push/dispatch'],
    ['push/transport'],
    ['limits', 'stream'],
    ['store'],
    ['runtime'],
  ],
};

const awsSdk = '^node_modules/@(aws-sdk|smithy)/';
/** What is deployed or published, and where in it requests to AWS are made. */
const deployed = [
  'functions',
  'lib',
  'bin',
  protocol,
  core,
  'packages/client',
  'packages/server',
  'demo/web',
  'site',
];
const awsSdkUsers = [
  'functions/*',
  'functions/store',
  'functions/push/dispatch',
  'functions/push/transport',
  'functions/events',
  'functions/retention',
  'functions/runtime',
];

const pattern = (path: string): string =>
  `^${path.replaceAll('.', '\\.').replace('*', '[^/]+$')}${/\*$|\.ts$/.test(path) ? '' : '/'}`;

function mayImportOnly(from: string, within: readonly string[], allowed: readonly string[]) {
  return {
    name: `imports-of-${from}`,
    comment: `${from} may import ${allowed.join(', ') || 'nothing of the project'}`,
    severity: 'error',
    from: { path: pattern(from) },
    to: { path: within.map(pattern), pathNot: [from, ...allowed].map(pattern) },
  } satisfies IForbiddenRuleType;
}

const betweenParts = Object.entries(parts).map(([part, allowed]) =>
  mayImportOnly(part, Object.keys(parts), allowed),
);

function downwards(part: string, lines: readonly (readonly string[])[]): IForbiddenRuleType[] {
  const inPart = (folders: readonly string[]) => folders.map((folder) => `${part}/${folder}`);
  const rules = lines.flatMap((line, i) =>
    inPart(line).map((folder) => mayImportOnly(folder, [part], inPart(lines.slice(i + 1).flat()))),
  );
  const unlisted: IForbiddenRuleType = {
    name: `order-of-${part}`,
    comment: `every folder of ${part} has its place in the order`,
    severity: 'error',
    from: { path: pattern(part), pathNot: inPart(lines.flat()).map(pattern) },
    to: {},
  };
  return [...rules, unlisted];
}

const everywhere: IForbiddenRuleType[] = [
  {
    name: 'no-circle',
    comment: 'files that import each other, by way of others too, are one file in pieces',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'aws-sdk',
    comment: `the AWS SDK is used in ${awsSdkUsers.join(', ')} only`,
    severity: 'error',
    from: { path: deployed.map(pattern), pathNot: awsSdkUsers.map(pattern) },
    to: { path: awsSdk },
  },
  {
    name: 'costs-are-arithmetic',
    comment: 'the computation of costs needs neither packages nor Node',
    severity: 'error',
    from: { path: pattern(costs) },
    to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
  },
  {
    name: 'costs-are-for-readers',
    comment: 'pages and benchmarks compute costs; neither the service nor a package does',
    severity: 'error',
    from: { path: ['functions', 'packages'].map(pattern), pathNot: pattern(costs) },
    to: { path: pattern(costs) },
  },
  {
    name: 'sources-are-not-their-build',
    comment: 'how a package is built is no part of it',
    severity: 'error',
    from: { path: '^packages/[^/]+/src/' },
    to: { path: '^scripts/' },
  },
  {
    name: 'declared-by-the-package',
    comment: 'a package imports what its own package.json declares',
    severity: 'error',
    from: { path: '^(packages/[^/]+/src|examples)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];

const config: IConfiguration = {
  forbidden: [
    ...betweenParts,
    ...Object.entries(orders).flatMap(([part, lines]) => downwards(part, lines)),
    ...everywhere,
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};

export default config;
