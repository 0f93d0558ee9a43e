import type { statistics as inEnglish } from './en.ts';

const number = (count: number): string => count.toLocaleString('zh-CN');

export const statistics: typeof inEnglish = {
  title: '统计',
  loading: '正在统计…',
  span: '时间',
  days: (days) => `${days} 天`,
  readRate: '已读率',
  readRateHint: '占成员可读的全部消息',
  median: '阅读用时中位数',
  average: '平均',
  messages: '消息',
  activeReaders: '活跃读者',
  perDay: '每日',
  showing: '显示',
  byRate: '消息数及其已读比例',
  byDelay: '阅读用时中位数',
  metric: { readRate: '已读', delay: '阅读用时' },
  dayIs: (day, messages, rate, median) =>
    messages === 0
      ? `${day}：没有消息`
      : `${day}：${number(messages)} 条消息，已读 ${rate}，用时中位数 ${median}`,
  utc: '日期按 UTC 计算。',
  nothing: '这段时间没有消息。',
  noDelay: '无人已读',

  perMember: '每位成员',
  onlyLeaders: '只有群主和管理员能看到每位成员的阅读情况。',
  columns: {
    name: '成员',
    messages: '可读',
    readRate: '已读率',
    averageReadDelayMs: '平均用时',
    lastReadAt: '最近阅读',
  },
  never: '尚未',
  page: (from, to, of) => `第 ${number(from)}–${number(to)} 位，共 ${number(of)} 位`,
  previous: '上一页',
  next: '下一页',
  soFar: (members) => `已加载 ${number(members)} 位…`,
  download: '下载 CSV',

  hiddenTitle: '这里没有你能看到的统计',
  hiddenBy: {
    positions: '此聊天只记录位置：谁也看不到别人读了什么，因此没有统计。',
    sender: '在此聊天中，只有发送者能看到谁已读。全部消息的统计会透露更多。',
    admins:
      '在此聊天中，只有发送者、群主和管理员能看到谁已读。全部消息的统计仅供群主和管理员查看。',
    members: '此聊天不向你显示谁已读。',
  },
};
