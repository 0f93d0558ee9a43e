import { pick, type Random, seededRandom } from '../random.ts';
import type { Language } from './language.ts';

export interface Person {
  userId: string;
  name: string;
}

const words = (text: string): string[] => text.trim().split(/\s+/);

const english = {
  given: words(`Alice Amelia Arthur Beth Ben Carol Charlie Chloe Clara Daniel Daisy Edith Edward
    Ella Emma Ethan Fiona Frank George Grace Hannah Harry Hazel Henry Isla Ivy Jack James Jane
    Julia Kate Leo Liam Lucy Martha Max Megan Nathan Nora Oliver Owen Peter Poppy Ruth Sam Sophie
    Thomas Violet William Zoe`),
  family: words(`Abbott Archer Baker Barnes Bell Bishop Brooks Burton Carter Clarke Cooper Dawson
    Ellis Fisher Fletcher Foster Gibson Grant Gray Hale Harper Hayes Hughes Hunt Jordan Kelly Knight
    Lang Marsh Mason Miller Moore Morgan Murphy Newman Palmer Parker Pearce Porter Quinn Reed Shaw
    Spencer Stone Taylor Turner Walker Ward Webb Young`),
};

/** Pinyin and character, family name last in the id and first in the name. */
const chinese = {
  given: words(`mei:美 lin:琳 wei:伟 jing:静 fang:芳 min:敏 hao:浩 yu:宇 xin:欣 jie:洁 qiang:强
    ting:婷 lei:磊 yan:燕 tao:涛 na:娜 peng:鹏 hui:慧 bo:博 xue:雪 kai:凯 ling:玲 chen:晨 rui:睿
    yue:悦 han:涵 jun:军 lan:兰 ming:明 ning:宁 zihan:子涵 yichen:奕辰 xiaoyu:晓雨 jiahao:家豪
    siyuan:思远 yutong:雨桐 haoran:浩然 mengyao:梦瑶 zixuan:子轩 ruoxi:若曦`),
  family: words(`wang:王 li:李 zhang:张 liu:刘 chen:陈 yang:杨 huang:黄 zhao:赵 wu:吴 zhou:周 xu:徐
    sun:孙 ma:马 zhu:朱 hu:胡 guo:郭 he:何 lin:林 gao:高 luo:罗 song:宋 tang:唐 xie:谢 han:韩`),
};

/** Given and family names that go together, a line each. */
const others = [
  ['Lucía Mateo Sofía Diego Valentina Javier', 'García Fernández Romero Navarro Ortega Castillo'],
  ['Priya Arjun Ananya Rohan Kavya Vikram', 'Sharma Iyer Patel Reddy Nair Banerjee'],
  ['Yuki Haruto Sakura Ren Aoi Kenji', 'Tanaka Suzuki Sato Yamamoto Kobayashi Mori'],
  ['Layla Omar Noor Yusuf Salma Karim', 'Haddad Mansour Khalil Nasser Aziz Farah'],
  ['Olena Marek Ivana Piotr Katya Tomáš', 'Kowalska Novák Bondar Horvat Zielinski Petrenko'],
  ['Amara Kwame Zainab Tunde Nia Sipho', 'Okafor Mensah Diallo Adeyemi Dlamini Mwangi'],
  ['Léa Hugo Camille Lukas Greta Jonas', 'Moreau Lefèvre Schneider Vogel Bernard Keller'],
].map(([given = '', family = '']) => ({ given: words(given), family: words(family) }));

/** Letters and hyphens only, as ids must be. */
const toId = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(/ /g, '-');

function westernPerson(random: Random, names: { given: string[]; family: string[] }): Person {
  const name = `${pick(random, names.given)} ${pick(random, names.family)}`;
  return { userId: toId(name), name };
}

function chinesePerson(random: Random): Person {
  const [givenId, given = ''] = pick(random, chinese.given).split(':');
  const [familyId, family = ''] = pick(random, chinese.family).split(':');
  return { userId: `${givenId}-${familyId}`, name: family + given };
}

/** Anybody at all, or somebody who writes in a language. */
function somebody(random: Random, language?: Language): Person {
  if (language === 'zh') return chinesePerson(random);
  const share = random();
  if (language === 'en') return westernPerson(random, share < 0.7 ? english : pick(random, others));
  if (share < 0.45) return westernPerson(random, english);
  if (share < 0.8) return chinesePerson(random);
  return westernPerson(random, pick(random, others));
}

/**
 * Different people, always the same ones; asked for more, the first of them stay. Those of one language are
 * not those of another.
 */
export function people(count: number, language?: Language): Person[] {
  const random = seededRandom(20);
  const known = new Map<string, Person>();
  while (known.size < count) {
    const person = somebody(random, language);
    known.set(person.userId, known.get(person.userId) ?? person);
  }
  return [...known.values()];
}
