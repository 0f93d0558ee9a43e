/**
 * Follows a stream of client bytes and reports the payload length of every frame as soon as its
 * header is complete. `ws` tells the length of whole messages only, and API Gateway limits both.
 */
export function createFrameHeaderReader(
  onFrame: (payloadBytes: number) => void,
): (chunk: Buffer) => void {
  const header = Buffer.alloc(14);
  let headerBytes = 0;
  let payloadLeft = 0;
  return (chunk) => {
    let offset = 0;
    while (offset < chunk.length) {
      const skipped = Math.min(payloadLeft, chunk.length - offset);
      payloadLeft -= skipped;
      offset += skipped;
      if (payloadLeft > 0 || offset === chunk.length) return;
      header[headerBytes++] = chunk[offset++] ?? 0;
      if (headerBytes < headerLength(header, headerBytes)) continue;
      payloadLeft = payloadLength(header);
      headerBytes = 0;
      onFrame(payloadLeft);
    }
  };
}

function headerLength(header: Buffer, known: number): number {
  if (known < 2) return 2;
  const second = header[1] ?? 0;
  const short = second & 0x7f;
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
  return 2 + lengthBytes + (second & 0x80 ? 4 : 0);
}

function payloadLength(header: Buffer): number {
  const short = (header[1] ?? 0) & 0x7f;
  if (short === 126) return header.readUInt16BE(2);
  return short === 127 ? Number(header.readBigUInt64BE(2)) : short;
}
