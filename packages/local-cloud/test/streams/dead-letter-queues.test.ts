import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DeadLetterQueues } from '../../src/streams/dead-letter-queues.ts';

it('keeps messages per queue and appends them to a file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'dead-letters-'));
  const queues = new DeadLetterQueues({ dir });
  const arn = 'arn:aws:sqs:us-east-1:000000000000:Failed';
  queues.add(arn, { n: 1 });
  queues.add(arn, { n: 2 });
  expect(queues.messagesOf(arn)).toEqual([{ n: 1 }, { n: 2 }]);
  expect(queues.messagesOf('arn:aws:sqs:us-east-1:000000000000:Other')).toEqual([]);
  expect(readFileSync(join(dir, 'Failed.jsonl'), 'utf8')).toBe('{"n":1}\n{"n":2}\n');
  rmSync(dir, { recursive: true });
});
