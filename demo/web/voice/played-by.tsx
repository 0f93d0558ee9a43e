import { Headphones } from 'lucide-react';
import { useTexts } from '../text/language.tsx';

export interface PlayedByProps {
  count: number;
  isPartial: boolean;
  /** How many others there are; undefined where that is not known. */
  others: number | undefined;
}

/** How many others have played an own voice message; coloured once it was all of them. */
export function PlayedBy({ count, isPartial, others }: PlayedByProps) {
  const { voice } = useTexts();
  if (count === 0) return null;
  const isAll = others !== undefined && count >= others;
  return (
    <span className="played-by" data-played={count} data-all={isAll}>
      <Headphones aria-hidden size={14} />
      {isAll ? voice.playedByAll : voice.playedBy(`${count}${isPartial ? '+' : ''}`)}
    </span>
  );
}
