import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noteDisconnect } from '../../../functions/api/socket/note-disconnect.ts';
import { countingPoster } from '../../../functions/push/transport/counting-poster.ts';
import { UsageCounter } from '../../../functions/runtime/usage-counts.ts';
import { RecordingPoster } from '../../service/push/recording-poster.ts';

let now = 0;
let usage: UsageCounter;
const logged = () => vi.mocked(console.info).mock.calls.flat();

beforeEach(() => {
  now = 0;
  usage = new UsageCounter(() => now);
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

describe('a usage counter', () => {
  it('logs sums, one line in ten seconds at most, and loses nothing in between', () => {
    for (now = 0; now < 60_000; now += 10) usage.add('framesPosted', 3);
    const lines = logged();
    expect(lines).toHaveLength(6);
    expect(lines.every(({ what }) => what === 'counted')).toBe(true);
    now = 70_000;
    usage.add('framesPosted', 3);
    const sums = logged().map(({ framesPosted }) => framesPosted);
    expect(sums.reduce((sum, each) => sum + each)).toBe(6001 * 3);
  });

  it('logs at once what is rare', () => {
    usage.add('sends');
    expect(logged()).toEqual([{ what: 'counted', sends: 1 }]);
  });

  it('counts sends and reads by either way, and logs no line for other requests', () => {
    const routes = ['send_message', 'mark_read', 'ping', 'GET /me/sync', 'POST /me/read'];
    for (const route of routes) {
      now += 10_000;
      usage.addRequest(route, now);
    }
    expect(logged()).toEqual([
      { what: 'counted', sends: 1 },
      { what: 'counted', reads: 1 },
      { what: 'counted', reads: 1 },
    ]);
  });

  it('[PU2] counts reads whose authors were told late in the same line, and no other requests', () => {
    for (const [route, tookMs] of [
      ['mark_read', 251],
      ['POST /groups/{groupId}/read', 250],
      ['send_message', 5000],
    ] as const) {
      now += 10_000;
      usage.addRequest(route, now - tookMs);
    }
    expect(logged()).toEqual([
      { what: 'counted', reads: 1, readsLate: 1 },
      { what: 'counted', reads: 1 },
      { what: 'counted', sends: 1 },
    ]);
  });

  it('adds at most 40 bytes to a line for what was late: docs/costs.md says so', () => {
    const line = (late: object) => JSON.stringify({ what: 'counted', ...late }).length;
    expect(line({ readsLate: 10_000, framesLate: 1_000_000 }) - line({})).toBeLessThanOrEqual(40);
  });

  it('counts frames that were expected more than two seconds ago', () => {
    now = 10_000;
    usage.addIfLate(3, 8000);
    usage.addIfLate(4, 7999);
    usage.addIfLate(0, 0);
    usage.addIfLate(5, Number.NaN);
    expect(logged()).toEqual([{ what: 'counted', framesLate: 4 }]);
  });

  it('counts how posts fare, and leaves them as they are', async () => {
    const poster = new RecordingPoster(() => now);
    const { post, close, find } = poster;
    poster.outcomes.set('a', ['sent', 'refused', 'gone']);
    const bound = { post: post.bind(poster), close: close.bind(poster), find: find.bind(poster) };
    const counting = countingPoster(bound, usage);
    for (const expected of ['sent', 'refused', 'gone']) {
      now += 10_000;
      expect(await counting.post('a', '{}')).toBe(expected);
    }
    expect(logged()).toEqual([
      { what: 'counted', framesPosted: 1 },
      { what: 'counted', postsRefused: 1 },
    ]);
  });
});

describe('the end of a connection', () => {
  it.each([1006, 1011, 4000])('is logged where it broke off, as with %d', (code) => {
    noteDisconnect(code);
    expect(vi.mocked(console.warn).mock.calls).toEqual([
      [{ what: 'a connection broke off', code }],
    ]);
  });

  it.each([1000, 1001, 1005, undefined])('is not logged where it is ordinary: %s', (code) => {
    noteDisconnect(code);
    expect(console.warn).not.toHaveBeenCalled();
  });
});
