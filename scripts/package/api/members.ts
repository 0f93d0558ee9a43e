import { textOfComment } from './declarations.ts';

/** A part of a class that its users see. */
export interface Member {
  name: string;
  about: string;
  /** `get userId(): string | undefined;` */
  signature: string;
}

/** The members of a class, in the order of its declaration: one begins after four blanks. */
export function membersOf(code: string): Member[] {
  const members: Member[] = [];
  let comment = '';
  const lines = code.split('\n').slice(1, -1);
  for (let i = 0; i < lines.length; i++) {
    const first = i;
    if (lines[i]?.startsWith('    /**')) {
      while (!lines[i]?.endsWith('*/')) i++;
      comment = lines.slice(first, i + 1).join('\n');
      continue;
    }
    while (i + 1 < lines.length && /^( {5}| {4}\})/.test(lines[i + 1] ?? '')) i++;
    const signature = lines
      .slice(first, i + 1)
      .join('\n')
      .replaceAll(/^ {4}/gm, '');
    const [, name = ''] = /^(?:static |readonly |get |set )*(\w+)/.exec(signature) ?? [];
    members.push({ name, signature, about: textOfComment(comment.replace(/\/\*\*|\*\//g, '')) });
    comment = '';
  }
  return members;
}
