import type { Page } from 'playwright-core';

export interface SimulatorView {
  members: number;
  /** Of the window, in pixels. */
  size: { width: number; height: number };
}

const patienceMs = 150_000;

/** Opens the simulator at a pace that one can follow, and starts it. */
export async function startSimulator(page: Page, url: string, { members, size }: SimulatorView) {
  page.setDefaultTimeout(patienceMs);
  await page.setViewportSize(size);
  await page.goto(`${url}/?user=sam#/simulator`);
  await page.getByRole('slider', { name: 'Members:' }).fill(String(members));
  await page.getByRole('radio', { name: '20 a second' }).check();
  await page.getByRole('button', { name: 'Start' }).click();
}
