import chromium from '@sparticuz/chromium';
import { type Page, chromium as playwright } from 'playwright-core';
import { PageRecorder, type Sample } from './page-recorder.ts';

/** The package's own arguments emulate a GPU on the processor, which takes most of a core. */
const emulation = /gl=|angle|swiftshader|gpu|single-process|no-zygote/;

/** A pace as the page names it; after so many seconds all that is left is read at once. */
export interface PlayedPace {
  pace: string;
  maxSeconds: number;
}

/** What the page did while a message was read, and what it showed in the end. */
export interface PaceOutcome {
  pace: string;
  sample: Sample;
  read: number;
  total: number;
  /** Faces that were lit in the end. */
  lit: number;
  /** What the page says of its receipts' way, its frames and its units. */
  counters: string[];
}

const finishedWithinMs = 240_000;
const namesWithinMs = 10_000;

/** The simulator in a browser without a GPU, used as a person would. */
export class SimulatorPage {
  static async open(url: string): Promise<SimulatorPage> {
    const browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: [
        ...chromium.args.filter((argument) => !emulation.test(argument)),
        ...['--disable-gpu', '--js-flags=--expose-gc', '--enable-precise-memory-info'],
      ],
    });
    const context = await browser.newContext({
      locale: 'en-US',
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    await page.goto(`${url}/#/simulator`);
    return new SimulatorPage(page, () => browser.close());
  }

  readonly page: Page;
  readonly close: () => Promise<void>;

  private constructor(page: Page, close: () => Promise<void>) {
    this.page = page;
    this.close = close;
  }

  /** Connects them; the first message is read by all at once. */
  async start(members: number): Promise<void> {
    await this.page.getByRole('slider', { name: 'Members:' }).fill(String(members));
    await this.#choose('all at once');
    await this.page.getByRole('button', { name: 'Start' }).click();
    await this.page.locator('[data-phase="running"]').waitFor({ timeout: finishedWithinMs });
    await this.#allRead();
  }

  /** Sends a message and records the page until all have read it, or time is up. */
  async play({ pace, maxSeconds }: PlayedPace, serviceMb: () => number): Promise<PaceOutcome> {
    await this.#choose(pace);
    const recorder = new PageRecorder(this.page, serviceMb);
    await recorder.begin();
    await this.page.getByRole('button', { name: 'Send another' }).click();
    await this.page.locator('.headline[data-complete="false"]').waitFor();
    await this.#allRead(maxSeconds * 1000).catch(() => {});
    const sample = await recorder.sample();
    const counters = await this.page.locator('.counter > dl, .percentiles').allInnerTexts();
    await this.#choose('all at once');
    await this.#allRead();
    // Names of readers may come a moment after the counts.
    await this.page
      .locator(`.face-grid[data-lit="${await this.#members()}"]`)
      .waitFor({ timeout: namesWithinMs })
      .catch(() => {});
    const live = this.page.locator('.live');
    const number = async (name: string) => Number(await live.getAttribute(name));
    const lit = Number(await this.page.locator('.face-grid').getAttribute('data-lit'));
    const [read, total] = [await number('data-read'), await number('data-total')];
    return { pace, sample, read, total, lit, counters };
  }

  /** The panes, with an author who writes every ten seconds for members who read as people do. */
  async converse(seconds: number, serviceMb: () => number): Promise<Sample[]> {
    await this.#choose('as people do');
    await this.page.getByRole('tab', { name: 'Under the hood' }).click();
    await this.page.getByRole('checkbox', { name: /author writes/ }).check();
    const recorder = new PageRecorder(this.page, serviceMb);
    await recorder.begin();
    const samples: Sample[] = [];
    for (let second = 0; second < seconds; second += 10) {
      await this.page.waitForTimeout(10_000);
      samples.push(await recorder.sample());
      console.error(`${second + 10} s: ${JSON.stringify(samples.at(-1))}`);
    }
    return samples;
  }

  /** The author stops writing and everybody reads the rest; what every message shows then. */
  async finish(): Promise<string[]> {
    await this.page.getByRole('checkbox', { name: /author writes/ }).uncheck();
    await this.page.getByRole('button', { name: /^Stop/ }).click();
    const timeout = finishedWithinMs;
    await this.page.getByText('Everyone has read everything').waitFor({ timeout });
    const counts = this.page.getByRole('region', { name: 'Author' }).locator('.own [data-read]');
    const notRead = counts.and(this.page.locator(':not([data-unread="0"])'));
    await notRead.first().waitFor({ state: 'detached', timeout: 10_000 });
    return counts.evaluateAll((all) =>
      all.map(({ dataset: { read, unread } }) => `${read} read, ${unread} not`),
    );
  }

  #members(): Promise<string | null> {
    return this.page.locator('.face-grid').getAttribute('aria-valuemax');
  }

  async #choose(pace: string): Promise<void> {
    await this.page.getByRole('radio', { name: pace }).check();
  }

  async #allRead(timeout = finishedWithinMs): Promise<void> {
    await this.page.locator('.headline[data-complete="true"]').waitFor({ timeout });
  }
}
