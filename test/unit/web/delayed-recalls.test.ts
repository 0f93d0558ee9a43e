import { beforeEach, describe, expect, it } from 'vitest';
import { DelayedRecalls, undoMs } from '../../../demo/web/recall/delayed-recalls.ts';
import { SeenbyError } from '../../../packages/client/src/index.ts';

/** A browser whose time stands still until it is moved on. */
class Browser {
  readonly kept = new Map<string, string>();
  readonly sent: string[] = [];
  answer: () => Promise<void> = async () => {};
  #nowMs = 1_000_000;
  #timers: { at: number; run: () => void }[] = [];

  readonly storage = {
    getItem: (key: string) => this.kept.get(key) ?? null,
    setItem: (key: string, value: string) => void this.kept.set(key, value),
    removeItem: (key: string) => void this.kept.delete(key),
  };

  open(userId = 'alice'): DelayedRecalls {
    const host = {
      storage: this.storage,
      now: () => this.#nowMs,
      after: (delayMs: number, run: () => void) => {
        const timer = { at: this.#nowMs + delayMs, run };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((each) => each !== timer);
        };
      },
      recall: (groupId: string, seq: number) => {
        this.sent.push(`${userId} ${groupId} ${seq}`);
        return this.answer();
      },
    };
    return new DelayedRecalls(host, userId);
  }

  async pass(ms: number): Promise<void> {
    this.#nowMs += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#nowMs);
    this.#timers = this.#timers.filter(({ at }) => at > this.#nowMs);
    for (const { run } of due) run();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

let browser: Browser;
beforeEach(() => {
  browser = new Browser();
});

describe('[MS4] a recall that can be undone', () => {
  it('is sent when its time is over, once', async () => {
    const recalls = browser.open();
    recalls.begin('team', 7);
    await browser.pass(undoMs - 1);
    expect([recalls.of('team', 7)?.state, browser.sent]).toEqual(['waiting', []]);
    await browser.pass(1);
    expect([recalls.of('team', 7), browser.sent]).toEqual([undefined, ['alice team 7']]);
    await browser.pass(10 * undoMs);
    expect([browser.sent.length, browser.kept.size]).toEqual([1, 0]);
  });

  it('is never sent once it was undone', async () => {
    const recalls = browser.open();
    recalls.begin('team', 7);
    recalls.begin('team', 8);
    recalls.undo('team', 7);
    await browser.pass(10 * undoMs);
    expect(browser.sent).toEqual(['alice team 8']);
  });

  it('is sent at once when the page goes away', () => {
    const recalls = browser.open();
    recalls.begin('team', 7);
    recalls.sendAll();
    recalls.sendAll();
    expect(browser.sent).toEqual(['alice team 7']);
    recalls.undo('team', 7);
    expect(recalls.of('team', 7)?.state).toBe('sending');
  });

  it('waits for the connection, and can be undone until then', async () => {
    browser.answer = () => Promise.reject(new SeenbyError('OFFLINE', 'none'));
    const recalls = browser.open();
    recalls.begin('team', 7);
    expect(recalls.of('team', 7)).toMatchObject({ state: 'waiting', isLate: false });
    await browser.pass(undoMs);
    expect(recalls.of('team', 7)).toMatchObject({ state: 'waiting', isLate: true });
    browser.answer = async () => {};
    await browser.pass(undoMs);
    expect([recalls.of('team', 7), browser.sent.length]).toEqual([undefined, 2]);
  });

  it('that is refused shows the message again, and says why', async () => {
    const refusal = new SeenbyError('FORBIDDEN', 'no');
    browser.answer = () => Promise.reject(refusal);
    const recalls = browser.open();
    recalls.begin('team', 7);
    await browser.pass(undoMs);
    expect(recalls.of('team', 7)).toEqual({ state: 'failed', cause: refusal });
    await browser.pass(10 * undoMs);
    expect(browser.sent.length).toBe(1);
    recalls.undo('team', 7);
    expect(recalls.of('team', 7)).toBeUndefined();
  });
});

describe('a recall of a page that was killed', () => {
  it('is sent by the next page of the same user, and of nobody else', async () => {
    browser.open().begin('team', 7);
    browser.open('alice').begin('__proto__', 1);
    const killed = browser.kept;
    browser = new Browser();
    for (const [key, value] of killed) browser.kept.set(key, value);
    browser.open('bob');
    browser.open('alice');
    await browser.pass(10 * undoMs);
    expect(browser.sent).toEqual(['alice team 7', 'alice __proto__ 1']);
    expect(browser.kept.size).toBe(0);
  });

  it('that another tab still shows is left to that tab', async () => {
    const first = browser.open();
    first.begin('team', 7);
    browser.open();
    await browser.pass(undoMs / 2);
    first.undo('team', 7);
    await browser.pass(10 * undoMs);
    expect(browser.sent).toEqual([]);
  });

  it.each(['{', '[null, {"seq": "7"}]', '{}'])('a storage with %s in it is no obstacle', (text) => {
    browser.kept.set('seenby.recalls alice', text);
    const recalls = browser.open();
    recalls.begin('team', 7);
    recalls.sendAll();
    expect(browser.sent).toEqual(['alice team 7']);
  });
});
