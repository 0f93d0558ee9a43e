/** Rows written before encodings had versions: they begin with their content. */
export const unversioned = 0;

/**
 * What an encoding begins with: a zero, and which version it is. Nothing unversioned begins so: its
 * first number is a seq, an ordinal or a day, all above zero, or else a zero followed by a time, whose
 * first byte is above 127.
 */
export const versionHeader = (version: number): readonly [number, number] => [0, version];

/** The content of stored bytes and the version it is written in. */
export function openBytes(bytes: Uint8Array): { version: number; content: Uint8Array } {
  const version = bytes[1];
  if (bytes[0] !== 0 || version === undefined || version > 0x7f) {
    return { version: unversioned, content: bytes };
  }
  return { version, content: bytes.subarray(2) };
}

/** The content, where an encoding has never had but one layout. */
export function contentOf(what: string, current: number, bytes: Uint8Array): Uint8Array {
  const { version, content } = openBytes(bytes);
  if (version !== unversioned && version !== current) throw unknownVersion(what, version);
  return content;
}

export const unknownVersion = (what: string, version: number): Error =>
  new Error(`${what} of version ${version}: written by a newer release than this one`);
