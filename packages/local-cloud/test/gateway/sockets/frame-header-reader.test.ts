import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFrameHeaderReader } from '../../../src/gateway/sockets/frame-header-reader.ts';

it('tells every frame’s length however the bytes are cut', () => {
  const lengths = fc.array(fc.oneof(fc.nat(130), fc.nat(70_000)), { maxLength: 5 });
  const property = fc.property(lengths, fc.array(fc.nat(100_000)), (payloads, cuts) => {
    const bytes = Buffer.concat(payloads.map(maskedFrame));
    const seen: number[] = [];
    const read = createFrameHeaderReader((length) => seen.push(length));
    const edges = [...new Set([0, bytes.length, ...cuts.filter((cut) => cut < bytes.length)])];
    edges.sort((one, other) => one - other);
    for (const [index, edge] of edges.entries()) read(bytes.subarray(edge, edges[index + 1]));
    expect(seen).toEqual(payloads);
  });
  fc.assert(property, { numRuns: 200 });
});

it('tells the length before the payload arrives', () => {
  const seen: number[] = [];
  createFrameHeaderReader((length) => seen.push(length))(maskedFrame(70_000).subarray(0, 14));
  expect(seen).toEqual([70_000]);
});

function maskedFrame(length: number): Buffer {
  const mask = Buffer.from([1, 2, 3, 4]);
  const payload = Buffer.alloc(length, 0xff);
  if (length < 126) return Buffer.concat([Buffer.from([0x81, 0x80 | length]), mask, payload]);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head[0] = 0x81;
  head[1] = 0x80 | (length < 65_536 ? 126 : 127);
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, mask, payload]);
}
