import type { Page } from 'playwright-core';
import type { ElementWindow } from './element-page.ts';
import type { FakeClient } from './fakes/fake-client.ts';
import type { FakeGroup } from './fakes/fake-group.ts';

interface GroupWindow extends ElementWindow {
  client: FakeClient;
  group: FakeGroup;
}

/** Names as they come: with markup, in Chinese, and from right to left. */
const oddNames = [
  'Ann',
  'Bob <b>Bold</b>',
  '陈小明',
  '=1+1',
  'מאיה',
  '<img src=x onerror=alert(1)>',
];

/** Gives the page's elements a client with the group `team`, in which message 1 has been sent. */
export const startGroup = (page: Page, names: readonly string[] = oddNames): Promise<void> =>
  page.evaluate((named) => {
    const own = window as unknown as GroupWindow;
    const { FakeClient, FakeGroup, provideClient } = own.seenby;
    const people = named.map((name, i) => ({ userId: `u${i}`, name }));
    own.group = new FakeGroup('team', people);
    own.group.say(1);
    own.client = new FakeClient();
    own.client.add(own.group);
    provideClient(own.client);
  }, names);

/** Has the members of the group do something; `change` runs in the page. */
export const inGroup = <T>(page: Page, change: (group: FakeGroup) => T): Promise<T> =>
  page.evaluate(`(${change})(window.group)`) as Promise<T>;
