/** Where faces are: each by the id of its user. */
export interface FaceSpot {
  readonly faces: ReadonlyMap<string, HTMLElement>;
}

const durationMs = 420;
/** As of something that is pushed: fast at first. */
const easing = 'cubic-bezier(.2,.8,.2,1)';
/** Farther than that there is nothing to follow with the eye. */
const maxDistancePx = 1200;

interface Place {
  readonly element: HTMLElement;
  readonly rect: DOMRect;
}

/** Changes the faces, and has each that is somewhere else then move there from where it was. */
export function moveFaces(spots: readonly FaceSpot[], change: () => void): void {
  const isStill = matchMedia('(prefers-reduced-motion:reduce)').matches;
  const before = placesOf(isStill ? [] : spots);
  change();
  for (const [userId, { element, rect }] of placesOf(isStill ? [] : spots)) {
    const was = before.get(userId);
    if (was && was.element !== element) move(element, was.rect, rect);
  }
}

function placesOf(spots: readonly FaceSpot[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { faces } of spots) {
    for (const [userId, element] of faces) {
      places.set(userId, { element, rect: element.getBoundingClientRect() });
    }
  }
  return places;
}

function move(element: HTMLElement, from: DOMRect, to: DOMRect): void {
  const [x, y] = [from.left - to.left, from.top - to.top];
  if (from.width === 0 || Math.hypot(x, y) > maxDistancePx) return;
  const start = { transform: `translate(${x}px,${y}px)` };
  element.animate([start, { transform: 'none' }], { duration: durationMs, easing });
}
