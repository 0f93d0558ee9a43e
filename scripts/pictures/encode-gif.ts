import gifenc from 'gifenc';
import { PNG } from 'pngjs';

const { applyPalette, GIFEncoder, quantize } = gifenc;

export interface Frame {
  /** As the browser takes it; all frames of a picture are of one size. */
  png: Buffer;
  shownMs: number;
}

const maxColors = 128;

/** An animated picture that repeats. A frame holds what differs from the one before, and no more. */
export function encodeGif(frames: readonly Frame[]): Uint8Array {
  const images = frames.map(({ png }) => PNG.sync.read(png));
  const { width, height } = images[0] ?? { width: 0, height: 0 };
  const palette = paletteOf(images);
  const transparentIndex = palette.length;
  const encoder = GIFEncoder();
  let before: Uint8Array | undefined;
  for (const [i, image] of images.entries()) {
    const index = applyPalette(new Uint8Array(image.data), palette);
    const changed = before
      ? index.map((color, at) => (color === before?.[at] ? transparentIndex : color))
      : index;
    encoder.writeFrame(changed, width, height, {
      ...(i === 0 && { palette: [...palette, [0, 0, 0]], repeat: 0 }),
      ...{ delay: frames[i]?.shownMs ?? 0, transparent: i > 0, transparentIndex, dispose: 1 },
    });
    before = index;
  }
  encoder.finish();
  return encoder.bytes();
}

/** One for all frames, of the first, the middle and the last one: it is then the same colour everywhere. */
function paletteOf(images: readonly PNG[]): number[][] {
  const chosen = [0, images.length >> 1, images.length - 1].flatMap((i) => images[i] ?? []);
  return quantize(new Uint8Array(Buffer.concat(chosen.map(({ data }) => data))), maxColors - 1);
}
