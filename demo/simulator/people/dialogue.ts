import { pick, type Random, shuffle } from '../random.ts';
import { chineseExchanges } from './chinese-exchanges.ts';
import { englishExchanges } from './english-exchanges.ts';
import type { Language } from './language.ts';

/** Who says the next line: a role keeps its speaker through an exchange, and 0 began it. */
export type ChooseSpeaker<T> = (role: number) => T;

export interface Said<T> {
  speaker: T;
  content: string;
}

const exchanges = { en: englishExchanges, zh: chineseExchanges };

const blanks: Record<Language, Record<string, readonly string[]>> = {
  en: {
    day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
    time: ['11:30', 'noon', '12:15', '3 pm', 'half past four', '5:30'],
    dish: ['noodles', 'dumplings', 'tacos', 'pizza', 'curry', 'ramen', 'falafel'],
    place: ['the corner place', 'the canteen', 'the roof', 'room 4', 'the café downstairs'],
  },
  zh: {
    day: ['周一', '周二', '周三', '周四', '周五'],
    time: ['十一点半', '十二点', '下午三点', '四点半', '五点半'],
    dish: ['牛肉面', '饺子', '火锅', '麻辣烫', '煎饼', '小笼包', '烤鱼'],
    place: ['楼下那家', '食堂', '天台', '四号会议室', '转角的咖啡馆'],
  },
};

/** An endless chat: short exchanges, each of its own people, none again before all others have had their turn. */
export class Dialogue<T> {
  readonly #random: Random;
  readonly #language: Language;
  #waiting: (readonly string[])[] = [];
  #lines: string[] = [];
  #speakers: T[] = [];

  constructor(random: Random, language: Language) {
    this.#random = random;
    this.#language = language;
  }

  next(chooseSpeaker: ChooseSpeaker<T>): Said<T> {
    if (this.#lines.length === 0) this.#begin();
    const line = this.#lines.shift() ?? '';
    // A line that begins so is said by whoever began.
    const isBeginner = line.startsWith('^');
    return {
      speaker: this.#speakerOf(isBeginner, chooseSpeaker),
      content: line.replace(/^\^/, ''),
    };
  }

  #begin(): void {
    const random = this.#random;
    if (this.#waiting.length === 0) this.#waiting = shuffle(random, exchanges[this.#language]);
    const filling = new Map(
      Object.entries(blanks[this.#language]).map(([blank, words]) => [blank, pick(random, words)]),
    );
    const lines = this.#waiting.pop() ?? [];
    this.#lines = lines.map((line) =>
      line.replace(/\{(\w+)\}/g, (_, blank: string) => filling.get(blank) ?? blank),
    );
    this.#speakers = [];
  }

  #speakerOf(isBeginner: boolean, chooseSpeaker: ChooseSpeaker<T>): T {
    const role = isBeginner ? 0 : this.#speakers.length;
    const speaker = this.#speakers[role] ?? chooseSpeaker(role);
    this.#speakers[role] = speaker;
    return speaker;
  }
}
