import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { openElements } from './element-page.ts';
import { inGroup, startGroup } from './with-group.ts';

const versions = {
  18: { react: 'react18', 'react-dom': 'react-dom18' },
  19: { react: 'react', 'react-dom': 'react-dom' },
};

async function appWith(react: { [name: string]: string }): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('react-app.tsx', import.meta.url))],
    ...{ bundle: true, format: 'iife', globalName: 'app', jsx: 'automatic', write: false },
    alias: react,
  });
  return outputFiles[0]?.text ?? '';
}

it.each(Object.entries(versions))(
  'components of React %s show and tell the same',
  async (version, react) => {
    const script = await appWith(react);
    expect(script.match(/ersion = "(18|19)\./)?.[1]).toBe(version);
    const page = await openElements({ html: '<div id="app"></div>' });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await startGroup(page);
    await page.evaluate('seenby.provideClient(undefined)');
    await page.addScriptTag({ content: script });
    await page.evaluate(
      'window.unmount = app.mount(document.querySelector("#app"), client, group)',
    );

    await page.locator('#by-group.mine[status=sent]').waitFor();
    await page.locator('#by-id[status=sent]').waitFor();
    await page.locator('#failed[status=failed]').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('#failed[status=pending]').waitFor();
    await inGroup(page, (group) => {
      group.unread = 3;
      group.read(1, 1000, 'u1', 'u2', 'u3', 'u4', 'u5');
      group.stand(1, 'u1', 'u2', 'u3');
    });
    await page.locator('#by-group[status=read]').waitFor();
    await page.locator('#by-id[status=read]').waitFor();
    await page.locator('seenby-facepile[data-count="3"] [part=more][data-more="+1"]').waitFor();
    await page.locator('seenby-badge[data-unread="3"]').waitFor();
    await page.getByRole('button', { name: 'Read by all' }).click();
    await page.getByRole('tab', { name: 'Read 5' }).waitFor();
    expect((await page.locator('seenby-readers').boundingBox())?.height).toBe(400);

    await page.evaluate('unmount()');
    await expect.poll(() => inGroup(page, (group) => group.listenerCount)).toBe(0);
    expect(complaints).toEqual([]);
  },
);
