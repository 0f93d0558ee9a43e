/** Runs something, and then ends what it has opened, the last first, however it ended. */
export async function withOpen<T>(run: (open: AsyncDisposableStack) => Promise<T>): Promise<T> {
  const open = new AsyncDisposableStack();
  try {
    return await run(open);
  } finally {
    await open.disposeAsync();
  }
}
