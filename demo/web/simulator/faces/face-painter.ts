import { cellOf, type FaceGrid, gridOf } from './face-grid.ts';
import { FaceSprites } from './face-sprites.ts';
import type { FaceState } from './faces.ts';

const growMs = 420;

export interface FacePainterOptions {
  canvas: HTMLCanvasElement;
  stateOf: (face: number) => FaceState;
  count: number;
  /** Whether a face grows as it lights up. */
  isAnimated: boolean;
}

/** Draws faces on a canvas: all when its size changes, later those alone that have changed. */
export class FacePainter {
  readonly #options: FacePainterOptions;
  readonly #pen: CanvasRenderingContext2D | null;
  readonly #growing = new Map<number, number>();
  readonly #changed = new Set<number>();
  #grid: FaceGrid = { columns: 1, cellPx: 1, leftPx: 0, topPx: 0 };
  #sprites: FaceSprites | undefined;
  #nextFrame: number | undefined;

  constructor(options: FacePainterOptions) {
    this.#options = options;
    this.#pen = options.canvas.getContext('2d');
    this.resize();
  }

  get grid(): FaceGrid {
    return this.#grid;
  }

  /** Takes the size that the canvas has on the page, and its colours, and draws all. */
  resize(): void {
    const { canvas, count } = this.#options;
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = window.devicePixelRatio;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    this.#pen?.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#grid = gridOf(count, width, height);
    this.#sprites = new FaceSprites(this.#grid.cellPx, ratio, getComputedStyle(canvas));
    for (let face = 0; face < count; face++) this.#drawFace(face, 1);
  }

  /** The state of a face has changed: it is drawn with the next frame. */
  touch(face: number): void {
    if (this.#options.isAnimated && this.#options.stateOf(face) === 'read') {
      this.#growing.set(face, performance.now());
    } else this.#changed.add(face);
    this.#nextFrame ??= requestAnimationFrame((now) => this.#drawChanged(now));
  }

  stop(): void {
    if (this.#nextFrame !== undefined) cancelAnimationFrame(this.#nextFrame);
  }

  #drawChanged(now: number): void {
    for (const face of this.#changed) this.#drawFace(face, 1);
    this.#changed.clear();
    for (const [face, sinceMs] of this.#growing) {
      const share = Math.min(1, Math.max(0, (now - sinceMs) / growMs));
      this.#drawFace(face, sizeAt(share));
      if (share === 1) this.#growing.delete(face);
    }
    this.#nextFrame =
      this.#growing.size > 0 ? requestAnimationFrame((next) => this.#drawChanged(next)) : undefined;
  }

  #drawFace(face: number, size: number): void {
    if (!this.#pen || !this.#sprites) return;
    const { cellPx } = this.#grid;
    const { x, y } = cellOf(this.#grid, face);
    const sprite = this.#sprites.of(this.#options.stateOf(face), face);
    const margin = (cellPx * (1 - size)) / 2;
    // A little more than the cell, which faces do not fill: the edge is half a pixel of the device.
    this.#pen.clearRect(x - 1, y - 1, cellPx + 2, cellPx + 2);
    this.#pen.drawImage(sprite, x + margin, y + margin, cellPx * size, cellPx * size);
  }
}

/** From half its size beyond the whole and back; a face leaves room around it for that. */
function sizeAt(share: number): number {
  const overshoot = 1.15 * Math.sin(share * Math.PI * 0.75) ** 0.7;
  return share === 1 ? 1 : Math.max(0.5, Math.min(1.14, overshoot));
}
