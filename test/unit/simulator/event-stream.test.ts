import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { streamEvents } from '../../../demo/simulator/event-stream.ts';
import { ManualClock } from '../../support/time/manual-clock.ts';

/** A response that keeps what it is given. */
class RecordedResponse extends EventEmitter {
  readonly written: string[] = [];

  writeHead(): void {}

  write(text: string): void {
    this.written.push(text);
  }
}

function openStream() {
  const clock = new ManualClock();
  const response = new RecordedResponse();
  const source = { state: 0 as unknown, watchers: 0, change: () => {} };
  const watched = {
    get state() {
      return source.state;
    },
    watch(listener: () => void) {
      source.watchers += 1;
      source.change = listener;
      return () => void source.watchers--;
    },
  };
  streamEvents(watched, clock, response as unknown as ServerResponse);
  return { clock, response, source };
}

it('tells the state at once, then changes, four times a second at most', () => {
  const { clock, response, source } = openStream();
  expect(response.written).toEqual(['data: 0\n\n']);
  for (let i = 1; i <= 100; i++) {
    source.state = i;
    source.change();
    clock.advance(10);
  }
  expect(response.written.slice(1)).toEqual([25, 50, 75, 100].map((i) => `data: ${i}\n\n`));
});

it('says nothing when nothing has changed, but a sign of life every ten seconds', () => {
  const { clock, response, source } = openStream();
  source.change();
  clock.advance(30_000);
  expect(response.written).toEqual(['data: 0\n\n', ':\n\n', ':\n\n', ':\n\n']);
});

it('ends with the connection', () => {
  const { clock, response, source } = openStream();
  source.change();
  response.emit('close');
  clock.advance(60_000);
  expect(source.watchers).toBe(0);
  expect(response.written).toHaveLength(1);
});
