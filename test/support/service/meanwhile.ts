import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const isWrite = (command = ''): boolean => !/^(BatchGet|Get|Query)/.test(command);

interface Meanwhile<A> {
  answer: A;
  /** Whether the run made so many writes, and the other request was started at all. */
  came: boolean;
}

/**
 * Runs a request, and another one from beginning to end right before one of its writes: whatever the
 * first has read by then is of before. `write` counts from 0.
 */
export async function meanwhile<A>(
  { middlewareStack }: DynamoDBDocumentClient,
  write: number,
  other: () => Promise<unknown>,
  run: () => Promise<A>,
): Promise<Meanwhile<A>> {
  let left = write;
  let came = false;
  const options = { name: 'meanwhile', step: 'initialize' } as const;
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (!came && isWrite(commandName) && left-- === 0) {
          came = true;
          await other();
        }
        return next(args);
      },
    options,
  );
  try {
    return { answer: await run(), came };
  } finally {
    middlewareStack.remove(options.name);
  }
}
