import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Message, ReceiptPage } from '../../../packages/client/src/index.ts';
import { axeFindings } from '../../support/axe-findings.ts';
import { User } from '../../support/wire/user.ts';
import { ChatPage } from './chat-page.ts';
import { makeGroup } from './make-group.ts';

async function both(): Promise<{ alice: User; bob: User; groupId: string }> {
  const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
  return { alice, bob, groupId: await makeGroup(alice, bob) };
}

const messagesOf = async (user: User, groupId: string): Promise<Message[]> =>
  (await user.get<{ messages: Message[] }>(`/groups/${groupId}/messages`)).messages;

it('[RD9] one speaks, the other listens by keyboard, and it is marked as played', async () => {
  const { alice, bob, groupId } = await both();
  const [hers, his] = await Promise.all([
    ChatPage.open(alice, { groupId }),
    ChatPage.open(bob, { groupId }),
  ]);
  await hers.page.getByRole('button', { name: 'Record a voice message' }).press('Enter');
  await hers.page.getByText(/[1-6]\.\d \/ 6 s/).waitFor();
  // The focus is on the button that sends; two presses are one message.
  await hers.page.evaluate(() => {
    const button = document.activeElement as HTMLElement;
    button.click();
    button.click();
  });
  const own = hers.page.locator('.voice-message');
  await own.waitFor();
  await hers.groupRow(groupId).getByText('Voice message').waitFor();
  expect(await own.getByText(/^Played/).count()).toBe(0);

  const heard = his.page.locator('.voice-message');
  await heard.getByRole('img', { name: 'Not played yet' }).waitFor();
  expect(await axeFindings(his.page)).toEqual([]);
  const slider = heard.getByRole('slider', { name: 'Place in the voice message' });
  await heard.getByRole('button', { name: 'Speed 1, change' }).press('Enter');
  await heard.getByRole('button', { name: 'Speed 1.5, change' }).waitFor();
  const isMoving = untilMoved(slider);
  await heard.getByRole('button', { name: /^Play the voice message, 0:0/ }).press('Enter');
  await isMoving;
  await heard.getByRole('img', { name: 'Not played yet' }).waitFor({ state: 'detached' });

  await own.getByText('Played by all').waitFor();
  const { members } = await alice.get<ReceiptPage>(`/groups/${groupId}/messages/1/receipts`);
  const receipt = members.find(({ userId }) => userId === bob.userId);
  expect(receipt?.playedAt).toBeGreaterThan(0);
  expect(receipt?.readAt).toBeGreaterThan(0);
  expect(await messagesOf(alice, groupId)).toHaveLength(1);
  // The page knows it when it comes again, and so does that of the author.
  await Promise.all([hers.page.reload(), his.page.reload()]);
  await own.getByText('Played by all').waitFor();
  await heard.waitFor();
  expect(await heard.getAttribute('data-heard')).toBe('true');
  // The sound is its content, and nothing to quote.
  await hers.page.locator('.bubble.own seenby-read-by').getByRole('button').click();
  await expect
    .poll(() => hers.page.locator('.panel blockquote').textContent())
    .toBe('Voice message');
});

/** Looks with each frame that is drawn: a sound of a second is soon over, and then it is at its beginning again. */
const untilMoved = (slider: Locator): Promise<void> =>
  slider.evaluate(
    (input: HTMLInputElement) =>
      new Promise((resolve) => {
        const look = () => (Number(input.value) > 0 ? resolve() : requestAnimationFrame(look));
        look();
      }),
  );

it('a recording ends when a message is full, and is a message that the service takes', async () => {
  const { alice, groupId } = await both();
  const { page } = await ChatPage.open(alice, { groupId });
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await page.getByText('That is all a message takes').waitFor();
  await page.getByRole('button', { name: 'Send the voice message' }).click();
  await page.locator('.bubble.own[data-seq]').waitFor();
  const [message] = await messagesOf(alice, groupId);
  expect(message?.content).toMatch(/^data:audio\/webm;codecs=opus;base64,/);
  expect(message?.content.length).toBeLessThanOrEqual(8192);
  expect(message?.metadata?.durationMs).toBeGreaterThan(4000);
});

it('what was thrown away is not sent, and the line to write in comes back', async () => {
  const { alice, groupId } = await both();
  const { page } = await ChatPage.open(alice, { groupId });
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await page.getByText('Recording').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  expect(await messagesOf(alice, groupId)).toEqual([]);
});

it('says so where the microphone is not allowed', async () => {
  const { alice, groupId } = await both();
  const { page } = await ChatPage.open(alice, { groupId });
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('denied', 'NotAllowedError');
    };
  });
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await page.getByText('The microphone is not allowed for this page.').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
});

it('an address in place of a sound is never asked for', async () => {
  const { alice, bob, groupId } = await both();
  const asked: string[] = [];
  const { page } = await ChatPage.open(alice, { groupId });
  page.on('request', (request) => asked.push(request.url()));
  const content = 'https://tracker.invalid/a.mp3';
  await bob.post(`/groups/${groupId}/messages`, {
    ...{ clientMessageId: 'a', content, messageType: 'voice' },
  });
  await page.getByText('This voice message cannot be played here.').waitFor();
  expect(asked.filter((url) => url.includes('tracker'))).toEqual([]);
});
