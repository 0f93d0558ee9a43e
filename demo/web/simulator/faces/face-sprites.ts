import type { FaceState } from './faces.ts';

const colours = [
  ...['#ffb703', '#fb8500', '#ef6f6c', '#f78c6b', '#ffd166', '#2fbf9f'],
  ...['#3fc1d0', '#4d96ff', '#8f7bff', '#c98bff', '#ff8fb1', '#9ccc65'],
];
const features = '#22302d';

type Style = Pick<CSSStyleDeclaration, 'getPropertyValue'>;

/** Pictures of faces, drawn once for each state and colour. */
export class FaceSprites {
  readonly #cellPx: number;
  readonly #ratio: number;
  readonly #style: Style;
  readonly #drawn = new Map<string, HTMLCanvasElement>();

  /** Cells in CSS pixels; `ratio` device pixels make one. */
  constructor(cellPx: number, ratio: number, style: Style) {
    this.#cellPx = cellPx;
    this.#ratio = ratio;
    this.#style = style;
  }

  /** Faces of other numbers look different once they smile. */
  of(state: FaceState, face: number): HTMLCanvasElement {
    const look = state === 'read' ? lookOf(face) : 0;
    const key = `${state} ${look}`;
    const known = this.#drawn.get(key);
    if (known) return known;
    const sprite = this.#draw(state, look);
    this.#drawn.set(key, sprite);
    return sprite;
  }

  #draw(state: FaceState, look: number): HTMLCanvasElement {
    const sprite = document.createElement('canvas');
    sprite.width = sprite.height = Math.max(1, Math.round(this.#cellPx * this.#ratio));
    const pen = sprite.getContext('2d');
    if (!pen) return sprite;
    // From here on the face is a circle of radius 1.
    pen.translate(sprite.width / 2, sprite.height / 2);
    pen.scale(sprite.width * 0.43, sprite.width * 0.43);
    pen.lineCap = 'round';
    this.#drawHead(pen, state, look);
    drawFeatures(pen, state, this.#inkOf(state), look);
    return sprite;
  }

  #drawHead(pen: CanvasRenderingContext2D, state: FaceState, look: number): void {
    const colour = (name: string) => this.#style.getPropertyValue(name).trim();
    pen.beginPath();
    pen.arc(0, 0, 1, 0, 2 * Math.PI);
    if (state === 'read') {
      pen.fillStyle = colours[look % colours.length] ?? features;
      pen.fill();
      return;
    }
    pen.lineWidth = state === 'received' ? 0.14 : 0.08;
    const lines = { away: '--face-faint', connected: '--face-line', received: '--face-received' };
    pen.strokeStyle = colour(lines[state]);
    pen.fillStyle = colour(state === 'away' ? '--surface' : '--face-ground');
    pen.fill();
    pen.stroke();
  }

  #inkOf(state: FaceState): string {
    const names = { away: '--face-faint', connected: '--face-ink', received: '--face-received' };
    return state === 'read' ? features : this.#style.getPropertyValue(names[state]).trim();
  }
}

/** Colour and mouth: no two neighbours have the same colour. */
const lookOf = (face: number): number => (face * 7 + Math.floor(face / 12)) % (colours.length * 3);

function drawFeatures(
  pen: CanvasRenderingContext2D,
  state: FaceState,
  ink: string,
  look: number,
): void {
  pen.strokeStyle = ink;
  pen.fillStyle = ink;
  pen.lineWidth = 0.13;
  // Who has not got the message.
  const sleeps = state === 'away' || state === 'connected';
  for (const x of [-0.36, 0.36]) {
    pen.beginPath();
    if (sleeps) pen.arc(x, -0.16, 0.17, 0.15 * Math.PI, 0.85 * Math.PI);
    else pen.arc(x, -0.16, 0.13, 0, 2 * Math.PI);
    if (sleeps) pen.stroke();
    else pen.fill();
  }
  pen.beginPath();
  if (state !== 'read') {
    pen.moveTo(-0.2, 0.42);
    pen.lineTo(0.2, 0.42);
    pen.stroke();
    return;
  }
  const mouth = Math.floor(look / colours.length);
  pen.arc(0, 0.12, mouth === 1 ? 0.42 : 0.5, 0.12 * Math.PI, 0.88 * Math.PI);
  if (mouth === 1) pen.fill();
  else pen.stroke();
}
