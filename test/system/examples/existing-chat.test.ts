import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { afterFile } from '../../support/after-file.ts';
import { makeRoom, openRoom, receiptsOf, signIn, write } from './chat-page.ts';
import { copyExample, freePort, runExample } from './run-example.ts';

const start = async (script: 'before' | 'start', env: Record<string, string> = {}) => {
  const chat = await runExample(copyExample('existing-chat'), script, env);
  await chat.printed('Open http');
  return chat;
};

function databaseFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'seenby-chat-'));
  afterFile(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'chat.sqlite');
}

describe('the chat that exists', () => {
  it('works without receipts, and has them for what is written once it was changed', async () => {
    const env = { DATABASE: databaseFile() };
    const before = await start('before', env);
    const [annBefore, bobBefore] = [await signIn(before, 'ann'), await signIn(before, 'bob')];
    await makeRoom(annBefore, 'Kitchen');
    await openRoom(bobBefore, 'Kitchen');
    await write(annBefore, 'Tea?');
    await bobBefore.getByText('Tea?').waitFor();
    await before.stop();

    const after = await start('start', env);
    const ann = await signIn(after, 'ann');
    await openRoom(ann, 'Kitchen');
    await write(ann, 'Coffee?');
    await receiptsOf(ann, 'Coffee?', { read: 0, unread: 1 });
    expect(await ann.locator('li', { hasText: 'Tea?' }).getAttribute('data-seq')).toBe('0');
    const bob = await signIn(after, 'bob');
    await openRoom(bob, 'Kitchen');
    await receiptsOf(ann, 'Coffee?', { read: 1, unread: 0 });
  });

  it('shows counts, who has read and when, and badges', async () => {
    const chat = await start('start');
    const ann = await signIn(chat, 'ann');
    await makeRoom(ann, 'Kitchen');
    const [bob, cy] = [await signIn(chat, 'bob'), await signIn(chat, 'cy')];
    for (const page of [bob, cy]) await openRoom(page, 'Kitchen');
    await cy.goto(new URL('/', cy.url()).href);
    await write(ann, 'Tea?');
    await bob.getByText('Tea?').waitFor();
    await receiptsOf(ann, 'Tea?', { read: 1, unread: 1 });
    await cy.locator('nav seenby-badge[data-unread="1"]').waitFor();

    await ann.locator('li', { hasText: 'Tea?' }).getByRole('button').click();
    const readers = ann.locator('seenby-readers');
    await readers.getByText('bob').waitFor();
    await openRoom(cy, 'Kitchen');
    await receiptsOf(ann, 'Tea?', { read: 2, unread: 0 });
    await readers.getByText('cy').waitFor();
    expect(await cy.locator('nav seenby-badge[data-unread]').count()).toBe(0);
  });

  it('has the receipts of those who are in the room', async () => {
    const chat = await start('start');
    const ann = await signIn(chat, 'ann');
    await makeRoom(ann, 'Kitchen');
    const bob = await signIn(chat, 'bob');
    await openRoom(bob, 'Kitchen');
    const cy = await signIn(chat, 'cy');
    await openRoom(cy, 'Kitchen');
    await bob.getByRole('button', { name: 'Leave the room' }).click();
    await bob.getByPlaceholder('A new room').waitFor();
    await write(ann, 'Is bob gone?');
    await cy.getByText('Is bob gone?').waitFor();
    await receiptsOf(ann, 'Is bob gone?', { read: 1, unread: 0 });
  });

  it('works as before while Seenby cannot be reached', async () => {
    const nowhere = `127.0.0.1:${await freePort()}`;
    const addresses = { httpUrl: `http://${nowhere}`, wsUrl: `ws://${nowhere}` };
    const dir = copyExample('existing-chat', addresses);
    const chat = await runExample(dir, 'start');
    await chat.printed('Open http');
    const ann = await signIn(chat, 'ann');
    await makeRoom(ann, 'Kitchen');
    await write(ann, 'Tea?');
    await ann.getByText('Tea?').waitFor();
    await chat.printed(`No service answers at http://${nowhere}`);
  });
});
