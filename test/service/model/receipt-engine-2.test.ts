import { describe, it } from 'vitest';
import { compareWithReferenceChat } from './compare-with-reference-chat.ts';
import { isReplay, runsOf } from './support/runs-of.ts';

const runs = [runsOf(2), runsOf(3)];

describe.skipIf(isReplay)('everyone is answered as by a row per message and member', () => {
  it.concurrent.each(runs)(
    'in $numRuns stories from seed $seed on',
    (part) => compareWithReferenceChat(part),
    (runs[0]?.timeLimitMs ?? 0) + 30_000,
  );
});
