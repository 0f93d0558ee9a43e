import { aMessage } from './scripted-client.ts';
import type { ScriptedHost, ScriptedRequest } from './scripted-host.ts';

/** Answers history from messages 1 to `lastSeq`, as the service would. */
export function serveHistory(host: ScriptedHost, lastSeq: () => number, skip: number[] = []): void {
  host.answer = ({ path }: ScriptedRequest) => {
    const url = new URL(path, 'https://api.test');
    const number = (name: string) => Number(url.searchParams.get(name) ?? Number.NaN);
    const limit = number('limit') || 50;
    const after = number('after');
    const before = number('before') || lastSeq() + 1;
    const all = Array.from({ length: lastSeq() }, (_, i) => i + 1);
    const forward = all.filter((seq) => seq > after).slice(0, limit);
    const backward = all.filter((seq) => seq < before).slice(-limit);
    const page = Number.isNaN(after) ? backward : forward;
    const hole = page.findIndex((seq) => skip.includes(seq));
    const messages = (hole < 0 ? page : page.slice(0, hole)).map((seq) => aMessage(seq));
    return { body: { messages, lastSeq: lastSeq() } };
  };
}
