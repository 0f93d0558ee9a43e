import { describe, expect, it, vi } from 'vitest';
import { cellOf, faceAt, gridOf } from '../../../demo/web/simulator/faces/face-grid.ts';
import { Faces } from '../../../demo/web/simulator/faces/faces.ts';
import { GrowingCurve, upTo } from '../../../demo/web/simulator/session/curve-points.ts';
import { added, compare, framesSince, sumOf } from '../../../demo/web/simulator/session/so-far.ts';

describe('a grid of faces', () => {
  it.each([
    [500, 640, 340],
    [500, 340, 420],
    [5, 640, 340],
    [1, 30, 30],
    [500, 20, 20],
  ])(
    'has all %i of them in %i by %i pixels, each at a place of its own',
    (count, width, height) => {
      const grid = gridOf(count, width, height);
      const places = Array.from({ length: count }, (_, face) => cellOf(grid, face));
      expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
      for (const { x } of places) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + grid.cellPx).toBeLessThanOrEqual(width);
      }
      const isRoomy = width * height > count;
      if (isRoomy)
        expect(Math.max(...places.map(({ y }) => y)) + grid.cellPx).toBeLessThanOrEqual(height);
    },
  );

  it('finds the face at a point, and none beside them', () => {
    const grid = gridOf(7, 200, 200);
    const { x, y } = cellOf(grid, 4);
    expect(faceAt(grid, 7, x + 1, y + 1)).toBe(4);
    expect(faceAt(grid, 7, grid.leftPx - 1, y)).toBeUndefined();
    expect(faceAt(grid, 7, 199, 199)).toBeUndefined();
  });
});

describe('faces', () => {
  const persons = ['ann', 'constructor', 'cem'].map((userId) => ({ userId, name: userId }));

  it('are lit by what the author is told, and by nothing else', () => {
    const faces = new Faces(persons);
    faces.takeStates('rdc');
    expect(faces.reads).toBe(0);
    expect([0, 1, 2].map((i) => faces.at(i)?.state)).toEqual(['received', 'received', 'connected']);
    expect(faces.read('constructor', 120)).toBe(true);
    expect(faces.at(1)).toMatchObject({ state: 'read', readAfterMs: 120 });
    expect([faces.reads, faces.received]).toEqual([1, 2]);
  });

  it('stay lit whatever is said later, and are counted once', () => {
    const faces = new Faces(persons);
    faces.read('ann', 10);
    expect(faces.read('ann', 5)).toBe(false);
    expect(faces.read('toString', 5)).toBe(false);
    faces.takeStates('-cc');
    expect(faces.at(0)).toMatchObject({ state: 'read', readAfterMs: 10 });
    expect(faces.reads).toBe(1);
  });

  it('go out with the next message, and tell of each change', () => {
    const faces = new Faces(persons);
    faces.takeStates('cc-');
    faces.read('ann', 10);
    const told = vi.fn();
    const stop = faces.watch(told);
    faces.begin();
    expect([0, 1, 2].map((i) => faces.at(i)?.state)).toEqual(['connected', 'connected', 'away']);
    expect(faces.reads).toBe(0);
    faces.takeStates('dc-');
    expect(told).toHaveBeenLastCalledWith(0);
    stop();
    told.mockClear();
    faces.read('cem', 1);
    expect(told).not.toHaveBeenCalled();
  });
});

it('the curve has a point for each change, and goes on to now', () => {
  const curve = new GrowingCurve();
  curve.add(0.5, 0, 50);
  curve.add(0.6, 0, 50);
  curve.add(0.7, 20, 100);
  expect(curve.points).toEqual({
    seconds: [0, 0.5, 0.7],
    read: [0, 0, 20],
    received: [0, 50, 100],
  });
  expect(upTo(curve.points, 2)).toMatchObject({ seconds: [0, 0.5, 0.7, 2], read: [0, 0, 20, 20] });
});

it('frames are those since the beginning, of all clients', () => {
  const before = added({ hello: 2 }, { hello: 1, pong: 1 });
  const now = added({ hello: 2, mark_read: 5 }, { hello: 4, pong: 1 });
  expect(framesSince(now, before)).toEqual({ hello: 3, mark_read: 5 });
  expect(sumOf(framesSince(now, before))).toBe(8);
});

it('what was counted is compared with what everyone told of every read would take', () => {
  const run = {
    members: 501,
    online: 501,
    told: 501,
    messages: 1,
    deliveries: 0,
    reads: 500,
    marks: 500,
  };
  const { frames, writeUnits, dollars } = compare(
    { frames: 3000, writeUnits: 510, readUnits: 2000 },
    run,
  );
  expect(frames).toEqual({ seenby: 3000, matrix: 503 + 500 * 503 });
  expect(writeUnits).toEqual({ seenby: 510, matrix: 2 * 500 + 3 + 3 * 500 });
  expect(dollars.seenby).toBeCloseTo(3000e-6 + 510 * 0.625e-6 + 2000 * 0.125e-6, 9);
  expect(dollars.matrix).toBeGreaterThan(frames.matrix * 1e-6);
});
