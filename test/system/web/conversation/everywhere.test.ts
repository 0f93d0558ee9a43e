import { beforeAll, expect, it } from 'vitest';
import { axeFindings } from '../../../support/axe-findings.ts';
import { User } from '../../../support/wire/user.ts';
import { ChatPage } from '../chat-page.ts';
import { makeGroup, writeAs } from '../make-group.ts';

const devices = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  tablet: { viewport: { width: 768, height: 1024 } },
  desktop: { viewport: { width: 1440, height: 900 } },
} as const;

const languages = {
  'en-US': { today: 'Today', menu: 'More', readers: /^Who has read it/ },
  'zh-CN': { today: '今天', menu: '更多', readers: /^谁已读/ },
} as const;

let alice: User;
let groupId: string;

beforeAll(async () => {
  const long = 'Lena Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen';
  const named = ['עמית כהן', '🦊 Kai', long, '梅林'];
  const others = await Promise.all(named.map((name) => User.create('other', name)));
  alice = await User.create('alice', 'Alice');
  for (const user of [alice, ...others]) await user.get('/me/unread');
  groupId = await makeGroup(alice, ...others);
  const [amit, kai, lena, mei] = others as [User, User, User, User];
  await writeAs(amit, groupId, 'שלום לכולם');
  await writeAs(kai, groupId, '🔥🔥');
  await writeAs(lena, groupId, `https://example.com/${'path/'.repeat(30)}`);
  await writeAs(mei, groupId, '看起来清爽多了');
  await writeAs(alice, groupId, 'Thank you all');
  await mei.post(`/groups/${groupId}/read`, { upTo: 5 });
  await alice.post(`/groups/${groupId}/read`, { upTo: 5 });
});

// Every device, language and ground, each with each other at least once.
it.each([
  ['phone', 'en-US', 'light'],
  ['phone', 'zh-CN', 'dark'],
  ['tablet', 'en-US', 'dark'],
  ['tablet', 'zh-CN', 'light'],
  ['desktop', 'en-US', 'light'],
  ['desktop', 'zh-CN', 'dark'],
] as const)(
  'on a %s in %s, %s, axe finds nothing in chat, menu and panel, and nothing is cut off',
  async (device, locale, colorScheme) => {
    const words = languages[locale];
    const options = { groupId, locale, colorScheme, ...devices[device] };
    const { page } = await ChatPage.open(alice, options);
    await page.locator('.bubble [data-read="1"]').last().waitFor();
    await page.locator('.day-name').getByText(words.today).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await page.locator('.bubble').last().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu', { name: words.menu }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('menuitem', { name: words.readers }).click();
    await page.locator('.panel').getByText('梅林').waitFor();
    expect(await axeFindings(page)).toEqual([]);

    const { width } = devices[device].viewport;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  },
);
