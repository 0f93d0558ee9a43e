/** Initials on a colour of one's own; the name beside it says who it is. */
export function Avatar({ id, name, size = 40 }: { id: string; name: string; size?: number }) {
  return (
    <span
      className="avatar"
      aria-hidden
      style={{ width: size, height: size, fontSize: size * 0.4, background: colourOf(id) }}
    >
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  // A Chinese name is known by its last character.
  if (/\p{Script=Han}/u.test(first)) return [...first].at(-1) ?? '';
  return words
    .slice(0, 2)
    .map(([letter = '']) => letter.toUpperCase())
    .join('');
}

function colourOf(id: string): string {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 360;
  // Dark enough for white letters whatever the hue.
  return `hsl(${hash} 45% 36%)`;
}
