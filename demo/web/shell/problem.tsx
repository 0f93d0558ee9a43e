import { useTexts } from '../text/language.tsx';
import { problemText } from '../text/problems/problem-text.ts';
import type { Doing } from '../text/problems/problem-texts.ts';

/** Says what went wrong; nothing while `cause` is undefined. */
export function Problem({ cause, doing }: { cause: unknown; doing?: Doing }) {
  const texts = useTexts();
  return <p role="alert">{cause !== undefined && problemText(texts, cause, doing)}</p>;
}
