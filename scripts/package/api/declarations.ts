import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Something that a module exports, as the compiler declares it. */
export interface Declaration {
  name: string;
  kind: 'class' | 'function' | 'const' | 'interface' | 'type';
  /** The comment above it, without the marks. */
  about: string;
  code: string;
}

/** What a file exports: its own declarations, and those it passes on. */
export async function exportsOf(file: string): Promise<Declaration[]> {
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
  /^(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?(export (?:declare )?(class|function|const|interface|type) (\w+)(?:[^\n]*\{\n[\s\S]*?^\}(?: \| \{\n[\s\S]*?^\})*[^\n]*|[^\n]*;)$)/gm;

function declarationsIn(text: string): Declaration[] {
  const found = [...text.matchAll(declaration)].map(
    ([, comment = '', code = '', kind, name = '']): Declaration => ({
      name,
      kind: kind as Declaration['kind'],
      about: textOfComment(comment),
      code: withoutPrivate(code),
    }),
  );
  return found.map((each) => ({ ...each, code: withConstants(each, found) }));
}

/** A type made of a constant tells nothing without it. */
function withConstants({ kind, code }: Declaration, found: readonly Declaration[]): string {
  const names = kind === 'type' ? [...code.matchAll(/typeof (\w+)/g)].map(([, name]) => name) : [];
  const constants = found.filter((each) => each.kind === 'const' && names.includes(each.name));
  return [code, ...constants.map((each) => each.code)].join('\n');
}

export const textOfComment = (comment: string): string => comment.replace(/^\s*\* ?/gm, '').trim();

const withoutPrivate = (code: string): string =>
  code.replace(/^ {4}#private;\n/gm, '').replace(/^export (declare )?/, '');
