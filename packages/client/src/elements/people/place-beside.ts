const gapPx = 6;
const marginPx = 8;

/** Puts a card with a fixed position above an element, or below it where there is no room above. */
export function placeBeside(anchor: Element, card: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  // Without what an animation makes of them.
  const { offsetWidth: width, offsetHeight: height } = card;
  const above = at.top - gapPx - height;
  const top = above >= marginPx ? above : at.bottom + gapPx;
  const centred = at.left + (at.width - width) / 2;
  const left = Math.max(marginPx, Math.min(centred, innerWidth - marginPx - width));
  card.style.left = `${Math.round(left)}px`;
  card.style.top = `${Math.round(Math.max(marginPx, Math.min(top, innerHeight - marginPx - height)))}px`;
}
