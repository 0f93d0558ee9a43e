import { memo, useState } from 'react';
import { initialsOf } from './initials.ts';

export interface AvatarProps {
  id: string;
  name: string;
  /** An https address. */
  picture?: string | undefined;
  size?: number;
}

/** A picture, or initials on a colour of one's own; the name beside it says who it is. */
export const Avatar = memo(function Avatar({ id, name, picture, size = 40 }: AvatarProps) {
  const [broken, setBroken] = useState<string>();
  const isShown = picture !== undefined && picture !== broken;
  return (
    <span
      className="avatar"
      aria-hidden
      style={{ width: size, height: size, fontSize: size * 0.4, background: colourOf(id) }}
    >
      {isShown ? (
        <img
          {...{ src: picture, width: size, height: size }}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => setBroken(picture)}
        />
      ) : (
        initialsOf(name)
      )}
    </span>
  );
});

function colourOf(id: string): string {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 360;
  // Dark enough for white letters whatever the hue.
  return `oklch(0.5 0.11 ${hash})`;
}
