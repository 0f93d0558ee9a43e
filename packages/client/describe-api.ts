import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const entries = [
  ['client/src/index', '@seenby/client'],
  ['client/src/react/react', '@seenby/client/react'],
  ['client/src/dom/dom', '@seenby/client/dom'],
  ['client/src/elements/elements', '@seenby/client/elements'],
] as const;

interface Declaration {
  name: string;
  /** The comment above it, without the marks. */
  about: string;
  code: string;
}

/** The API reference as Markdown, from the declarations that are published. */
export async function describeApi(declarationsDir: string): Promise<string> {
  const parts = ['# API reference of the client', generated];
  for (const [file, module] of entries) {
    parts.push(`## \`${module}\``);
    const declarations = await exportsOf(join(declarationsDir, `${file}.d.ts`));
    for (const { name, about, code } of declarations.sort(byName)) {
      parts.push(`### ${name}`, ...(about ? [about] : []), `\`\`\`ts\n${code}\n\`\`\``);
    }
  }
  return `${parts.join('\n\n')}\n`;
}

const generated =
  'Made from the declarations by `node packages/client/build.ts`. A first guide is in [client.md](client.md).';

const byName = (a: Declaration, b: Declaration): number => (a.name < b.name ? -1 : 1);

/** What a file exports: its own declarations, and those it passes on. */
async function exportsOf(file: string): Promise<Declaration[]> {
  const text = await readFile(file, 'utf8');
  const own = declarationsIn(text);
  const passedOn = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)\.js';$/gm)];
  for (const [, names = '', path = ''] of passedOn) {
    const wanted = new Set(names.split(',').map((name) => name.replace('type ', '').trim()));
    const from = declarationsIn(await readFile(join(dirname(file), `${path}.d.ts`), 'utf8'));
    own.push(...from.filter(({ name }) => wanted.has(name)));
  }
  return own;
}

/** The compiler writes every declaration from the first column on, below its comment. */
const declaration =
  /^(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?(export (?:declare )?(?:class|function|const|interface|type) (\w+)(?:[^\n]*\{\n[\s\S]*?^\}[^\n]*|[^\n]*;)$)/gm;

function declarationsIn(text: string): Declaration[] {
  return [...text.matchAll(declaration)].map(([, comment = '', code = '', name = '']) => ({
    name,
    about: comment.replace(/^\s*\* ?/gm, '').trim(),
    code: withoutPrivate(code),
  }));
}

const withoutPrivate = (code: string): string =>
  code.replace(/^ {4}#private;\n/gm, '').replace(/^export (declare )?/, '');
