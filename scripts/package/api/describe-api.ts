import { join } from 'node:path';
import { declarationOf, folderOf, type PackageSource } from '../package-source.ts';
import { type Declaration, exportsOf } from './declarations.ts';
import { type Examples, readExamples } from './examples.ts';
import { type Member, membersOf } from './members.ts';

export interface ApiOptions {
  title: string;
  /** What is said before the first module. */
  about: string;
}

/** The API reference as Markdown: the declarations that are published, and examples that tests run. */
export async function describeApi(
  source: PackageSource,
  declarationsDir: string,
  { title, about }: ApiOptions,
): Promise<string> {
  const examples = await readExamples(join(folderOf(source), 'examples'));
  const parts = [`# ${title}`, about];
  for (const [module, entry] of Object.entries(source.entries)) {
    parts.push(`## \`@seenby/${source.folder}${module === 'index' ? '' : `/${module}`}\``);
    const declarations = await exportsOf(join(declarationsDir, declarationOf(source, entry)));
    for (const declaration of declarations.sort(byName))
      parts.push(...describe(declaration, examples));
  }
  return `${parts.join('\n\n')}\n`;
}

const byName = (a: Declaration, b: Declaration): number => (a.name < b.name ? -1 : 1);

function describe({ name, kind, about, code }: Declaration, examples: Examples): string[] {
  const head = [`### ${name}`, ...(about ? [about] : [])];
  // Errors and elements inherit most of what they have: their few members need no headings.
  const isWhole = kind !== 'class' || / extends /.test(code.split('\n', 1)[0] ?? '');
  if (isWhole) return [...head, block(code), ...exampleOf(name, examples)];
  const [making, members] = partition(membersOf(code), (member) => member.name === 'constructor');
  return [
    ...head,
    ...making.map(({ signature }) => block(signature.replace('constructor', `new ${name}`))),
    ...exampleOf(name, examples),
    ...members.flatMap((member) => describeMember(name, member, examples)),
  ];
}

function partition<T>(all: readonly T[], test: (each: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((each) => !test(each))];
}

const describeMember = (className: string, member: Member, examples: Examples): string[] => [
  `#### ${className}.${member.name}`,
  ...(member.about ? [member.about] : []),
  block(member.signature),
  ...exampleOf(`${className}.${member.name}`, examples),
];

function exampleOf(name: string, examples: Examples): string[] {
  const code = examples.get(name);
  return code === undefined ? [] : ['Example:', block(code)];
}

const block = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;
