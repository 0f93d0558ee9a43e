/**
 * Leaves out of a list what is not needed: halves first, then ever smaller chunks, from the end. `keeps`
 * tries a shorter list, and has `all` answer it if it does as well.
 */
export async function leaveOut<T>(
  all: () => readonly T[],
  keeps: (left: T[]) => Promise<unknown>,
  isOver: () => boolean,
): Promise<void> {
  for (let size = Math.max(1, all().length >> 1); ; size >>= 1) {
    for (let end = all().length; end > 0 && !isOver(); end -= size) {
      const list = all();
      const from = Math.max(0, end - size);
      await keeps([...list.slice(0, from), ...list.slice(end)]);
    }
    if (size === 1) return;
  }
}
