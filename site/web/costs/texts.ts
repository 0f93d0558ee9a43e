import type { DesignName } from '@seenby/core/costs/monthly-costs.ts';
import type { Quantities } from '@seenby/core/costs/prices.ts';
import type { Field } from './fields.ts';

export interface Texts {
  language: string;
  fields: Record<Field, string>;
  visibility: string;
  visibilities: { members: string; sender: string };
  designs: Record<DesignName, string>;
  lines: Record<keyof Quantities, string>;
  dollarsAMonth: string;
  together: string;
  forEachMember: string;
  /** Whether the design says when somebody has read, and what it cannot say. */
  knows: Record<DesignName, string>;
  knownLabel: string;
  readWithin: (duration: string) => string;
  summary: (dollars: string, ratio: string) => string;
  invalid: (min: string, max: string) => string;
  reset: string;
}

const en: Texts = {
  language: 'Language',
  fields: {
    members: 'Members of the group',
    messagesADay: 'Messages a day',
    shareOnline: 'Share online, in percent',
    shareWatching: 'Share that has the group open, in percent',
    secondsBetweenReads: 'Seconds from one read to the next',
    messagesPerMark: 'Messages that are read in one go',
    hoursOnlineADay: 'Hours online a day',
    connectedUsers: 'Users connected in all groups together',
  },
  visibility: 'Who sees how many have read',
  visibilities: { members: 'all members', sender: 'the author alone' },
  designs: {
    seenby: 'Seenby',
    matrix: 'A row per message and member',
    map: 'A map in the message',
    positions: 'Positions only',
  },
  lines: {
    writeUnits: 'DynamoDB, writing',
    readUnits: 'DynamoDB, reading',
    frames: 'WebSocket frames',
    connectionMinutes: 'Connections',
    lambdaRequests: 'Lambda, requests',
    lambdaGbSeconds: 'Lambda, run time',
    queueRequests: 'Queue',
    logGigabytes: 'Logs',
  },
  dollarsAMonth: 'Dollars a month',
  together: 'Together',
  forEachMember: 'For each member',
  knows: {
    seenby: 'who, and when',
    matrix: 'who, and when',
    map: 'who, and when',
    positions: 'who, never when',
  },
  knownLabel: 'Tells of a message',
  readWithin: (duration) => `All who are online have read a message after ${duration}.`,
  summary: (dollars, ratio) =>
    `Seenby takes ${dollars} a month for this group; a row per message and member takes ${ratio} times as much.`,
  invalid: (min, max) => `A number from ${min} to ${max}`,
  reset: 'Start again',
};

const zh: Texts = {
  language: '语言',
  fields: {
    members: '群成员数',
    messagesADay: '每天的消息数',
    shareOnline: '在线比例(%)',
    shareWatching: '正在查看该群的比例(%)',
    secondsBetweenReads: '相邻两次阅读间隔(秒)',
    messagesPerMark: '一次读完的消息数',
    hoursOnlineADay: '每天在线小时数',
    connectedUsers: '所有群合计的在线用户数',
  },
  visibility: '谁能看到已读人数',
  visibilities: { members: '所有成员', sender: '仅发送者' },
  designs: {
    seenby: 'Seenby',
    matrix: '每条消息、每个成员一行',
    map: '消息内存已读表',
    positions: '只存阅读位置',
  },
  lines: {
    writeUnits: 'DynamoDB 写入',
    readUnits: 'DynamoDB 读取',
    frames: 'WebSocket 帧',
    connectionMinutes: '连接时长',
    lambdaRequests: 'Lambda 请求',
    lambdaGbSeconds: 'Lambda 运行时间',
    queueRequests: '队列',
    logGigabytes: '日志',
  },
  dollarsAMonth: '每月费用(美元)',
  together: '合计',
  forEachMember: '每个成员',
  knows: {
    seenby: '谁读了、何时读的',
    matrix: '谁读了、何时读的',
    map: '谁读了、何时读的',
    positions: '谁读了,不知何时',
  },
  knownLabel: '每条消息能告诉',
  readWithin: (duration) => `${duration}后,所有在线成员都已读完一条消息。`,
  summary: (dollars, ratio) =>
    `Seenby 为该群每月花费 ${dollars};每条消息、每个成员一行的做法是它的 ${ratio} 倍。`,
  invalid: (min, max) => `请输入 ${min} 到 ${max} 之间的数字`,
  reset: '恢复默认值',
};

export const texts = { en, zh };
export type Language = keyof typeof texts;
