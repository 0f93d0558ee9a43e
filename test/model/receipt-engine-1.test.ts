import { describe, it } from 'vitest';
import { compareWithNaiveChat } from './compare-with-naive-chat.ts';
import { isReplay, runsOf } from './runs-of.ts';

const runs = isReplay ? [runsOf(0)] : [runsOf(0), runsOf(1)];

describe('[RD1][RD2][RD3][RD4][RD5][RD6][RD7][RD9] [CT1][CT2][CT3][CT4][CT5] [UN1][UN3] [MS2][MS4] [TR1][TR2][TR3][TR4][TR5] [SY2][SY3] [RT1][SE2] everyone is answered as by a row per message and member', () => {
  it.concurrent.each(runs)(
    'in $numRuns stories from seed $seed on',
    (part) => compareWithNaiveChat(part),
    (runs[0]?.timeLimitMs ?? 0) + 30_000,
  );
});
