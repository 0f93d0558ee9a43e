const size = 64;

/** The page's icon with a count in its corner. */
export function drawFavicon(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return;
  if (count === 0) {
    link.href = './icon.svg';
    return;
  }
  const text = count > 99 ? '99+' : String(count);
  link.href = `data:image/svg+xml,${encodeURIComponent(iconWith(text))}`;
}

const iconWith = (text: string): string => `
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">
  <rect width="${size}" height="${size}" rx="14" fill="#0f766e"/>
  <path d="m12 34 9 10 20-24" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"/>
  <rect x="${size - 18 * text.length - 10}" y="32" width="${18 * text.length + 10}" height="32" rx="12" fill="#dc2626"/>
  <text x="${size - (18 * text.length + 10) / 2}" y="57" font-family="sans-serif" font-size="26"
    font-weight="700" text-anchor="middle" fill="#fff">${text}</text>
</svg>`;
