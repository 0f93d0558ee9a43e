import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readExamples } from '../../../scripts/package/api/examples.ts';

const file = `import { chat } from './chat.ts';

async function tryChat(): Promise<void> {
  // @Chat.send
  await chat.send('Hello');
  if (chat.isOpen) {
    print(chat);
  }

  // @Chat.close
  chat.close();
}

async function tryMore(): Promise<void> {
  // @Chat.open
  chat.open();
  // @end
  chat.close();
}
`;

it('an example ends at the next one, at an end that is marked, and with its block', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'seenby-examples-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'chat.ts'), file);
  expect(Object.fromEntries(await readExamples(dir))).toEqual({
    'Chat.send': "await chat.send('Hello');\nif (chat.isOpen) {\n  console.log(chat);\n}",
    'Chat.close': 'chat.close();',
    'Chat.open': 'chat.open();',
  });
});
