import { type Child, startChild } from '../../bench/processes/child.ts';
import type { ClientsCommands } from './clients-process.ts';

const processes = 2;
/** Members of each group of the clients. */
export const perGroup = 50;

export interface Returns {
  /** Milliseconds from the cut on, ascending. */
  backMs: number[];
  attempts: number;
}

/** Clients of which there are too many for one process. */
export class ManyClients {
  readonly #parts: readonly Child<ClientsCommands>[] = Array.from({ length: processes }, () =>
    startChild<ClientsCommands>(new URL('./clients-process.ts', import.meta.url)),
  );

  /** Connects the members of so many groups; answers how many they are. */
  async board(urls: { httpUrl: string; wsUrl: string }, groups: number): Promise<number> {
    const each = groups / processes;
    return this.#sum((part, i) =>
      part.call('board', { ...urls, firstGroup: i * each, groups: each }),
    );
  }

  /** Every connection ends at once. */
  async cut(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.call('cut')));
  }

  connected(): Promise<number> {
    return this.#sum((part) => part.call('connected'));
  }

  /** How everybody came back. */
  async returns(cutAtMs: number): Promise<Returns> {
    const all = await Promise.all(this.#parts.map((part) => part.call('returns')));
    const backMs = all.flatMap(({ backAtMs }) => backAtMs.map((atMs) => atMs - cutAtMs));
    return {
      backMs: backMs.sort((a, b) => a - b),
      attempts: all.reduce((sum, { attempts }) => sum + attempts, 0),
    };
  }

  /** The first of each group says something; answers how many the service has taken. */
  say(content: string): Promise<number> {
    return this.#sum((part) => part.call('say', { content }));
  }

  /** How many come to show it. */
  heard(content: string): Promise<number> {
    return this.#sum((part) => part.call('heard', { content }));
  }

  async end(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.kill()));
  }

  async #sum(ask: (part: Child<ClientsCommands>, i: number) => Promise<number>): Promise<number> {
    const numbers = await Promise.all(this.#parts.map(ask));
    return numbers.reduce((sum, one) => sum + one, 0);
  }
}
