import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { encodeGif } from '../../../scripts/pictures/encode-gif.ts';

/** A picture of one colour, with one pixel of another. */
function pictureOf(width: number, height: number, other: number): Buffer {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    png.data.set(i === other ? [200, 30, 30, 255] : [240, 240, 240, 255], 4 * i);
  }
  return PNG.sync.write(png);
}

interface Block {
  width: number;
  height: number;
  shownMs: number;
  /** Of its pixels, as they are packed. */
  bytes: number;
}

/** The frames of a GIF, by its blocks: what a viewer reads before it unpacks them. */
function framesOf(gif: Uint8Array): Block[] {
  const view = new DataView(gif.buffer, gif.byteOffset, gif.byteLength);
  const tableOf = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  const frames: Block[] = [];
  let at = 13 + tableOf(view.getUint8(10));
  let shownMs = 0;
  const skip = () => {
    let bytes = 0;
    for (let size = view.getUint8(at++); size > 0; size = view.getUint8(at++))
      [at, bytes] = [at + size, bytes + size];
    return bytes;
  };
  for (;;) {
    const kind = view.getUint8(at++);
    if (kind === 0x3b) return frames;
    if (kind === 0x21) {
      if (view.getUint8(at++) === 0xf9) shownMs = 10 * view.getUint16(at + 2, true);
      skip();
      continue;
    }
    const [width, height] = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
    at += 9 + tableOf(view.getUint8(at + 8)) + 1;
    frames.push({ width, height, shownMs, bytes: skip() });
  }
}

it('makes one picture of many, each shown as long as it is said to be', () => {
  const frames = [0, 1, 2].map((other) => ({
    png: pictureOf(40, 30, other),
    shownMs: 100 * (other + 1),
  }));
  const gif = encodeGif(frames);
  expect(Buffer.from(gif.slice(0, 6)).toString()).toBe('GIF89a');
  expect(Buffer.from(gif).includes('NETSCAPE2.0')).toBe(true);
  expect(framesOf(gif).map(({ width, height, shownMs }) => [width, height, shownMs])).toEqual([
    ...[
      [40, 30, 100],
      [40, 30, 200],
      [40, 30, 300],
    ],
  ]);
});

it('holds of each frame what has changed, so that a long one at rest is small', () => {
  const noise = new PNG({ width: 64, height: 64 });
  for (let i = 0; i < 64 * 64 * 4; i++) noise.data[i] = i % 4 === 3 ? 255 : (i * 7919) % 251;
  const png = PNG.sync.write(noise);
  const [first, ...rest] = framesOf(
    encodeGif(Array.from({ length: 5 }, () => ({ png, shownMs: 100 }))),
  );
  expect(rest).toHaveLength(4);
  for (const { bytes } of rest) expect(bytes).toBeLessThan((first?.bytes ?? 0) / 10);
});
