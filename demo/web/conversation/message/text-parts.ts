export interface TextPart {
  readonly kind: 'text' | 'mention' | 'link';
  readonly text: string;
  /** Where in the whole text it begins. */
  readonly at: number;
}

/** A link ends before the punctuation of the sentence that it stands in. */
const link = /https?:\/\/[^\s<>"'，。；：！？）】]*[^\s<>"'，。；：！？）】.,;:!?)\]}]/u;
const mention = /@[\p{L}\p{N}_-]+/u;

/** The parts of a text, in order and without loss: links, mentions where there are any, and the rest. */
export function textParts(content: string, hasMentions: boolean): readonly TextPart[] {
  const pattern = new RegExp(`${link.source}${hasMentions ? `|${mention.source}` : ''}`, 'gu');
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: text, index } of content.matchAll(pattern)) {
    if (index > end) parts.push({ kind: 'text', text: content.slice(end, index), at: end });
    parts.push({ kind: text.startsWith('@') ? 'mention' : 'link', text, at: index });
    end = index + text.length;
  }
  if (end < content.length) parts.push({ kind: 'text', text: content.slice(end), at: end });
  return parts;
}

const maxLargeEmoji = 3;

/** Whether the text is nothing but a few emoji: those are shown large. */
export function isFewEmoji(content: string): boolean {
  const compact = content.replaceAll(/\s/g, '');
  if (compact === '' || compact.length > maxLargeEmoji * 16) return false;
  const characters = [...new Intl.Segmenter().segment(compact)];
  return (
    characters.length <= maxLargeEmoji &&
    characters.every(({ segment }) =>
      /^(\p{Extended_Pictographic}|\p{Regional_Indicator})/u.test(segment),
    )
  );
}
