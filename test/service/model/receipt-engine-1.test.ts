import { describe, it } from 'vitest';
import { compareWithReferenceChat } from './compare-with-reference-chat.ts';
import { isReplay, runsOf } from './support/runs-of.ts';

const runs = isReplay ? [runsOf(0)] : [runsOf(0), runsOf(1)];

describe('everyone is answered as by a row per message and member', () => {
  it.concurrent.each(runs)(
    'in $numRuns stories from seed $seed on',
    (part) => compareWithReferenceChat(part),
    (runs[0]?.timeLimitMs ?? 0) + 30_000,
  );
});
