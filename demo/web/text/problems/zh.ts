import type { ProblemTexts } from './problem-texts.ts';

export const problems: ProblemTexts = {
  any: {
    BAD_REQUEST: '操作未成功，请刷新页面后重试。',
    BAD_CURSOR: '列表已有变化，请重新打开。',
    UNAUTHORIZED: '你已退出登录，请重新登录。',
    TOKEN_EXPIRED: '登录已过期，请重新登录。',
    FORBIDDEN: '你在此聊天中的角色没有这个权限。',
    NOT_FOUND: '内容已不存在，或你已不在此聊天中。',
    CONFLICT: '已经存在，无需重复创建。',
    TOO_MANY: '一次操作的数量过多。',
    INTERNAL: '服务出现问题，请稍后重试。',
    OFFLINE: '没有网络连接，请联网后重试。',
    TIMEOUT: '服务没有及时回应，请先确认是否已完成，再重试。',
    CLOSED: '页面正在关闭，请重试。',
    NO_TOKEN: '暂时无法登录，请稍后重试。',
    TOO_OLD: '等待超过一天，未能发送。',
  },
  while: {
    send: {
      BAD_REQUEST: '消息太长，请缩短后再发送。',
      NOT_FOUND: '你已不在此聊天中。',
      CONFLICT: '已有另一条消息代替了它，请放弃后重新输入。',
      TOO_MANY: '提及的人太多。',
      TOO_OLD: '这条消息等待超过一天，未能发送。',
    },
    createGroup: {
      BAD_REQUEST: '请检查成员：单聊只能有一位对方，用户 ID 不能含空格。',
      CONFLICT: '这个聊天已经存在。',
      TOO_MANY: '一个聊天最多 5,000 名成员。',
    },
    addMembers: {
      BAD_REQUEST: '无法添加此人。单聊始终只有两个人。',
      FORBIDDEN: '只有群主和管理员可以添加成员。',
      TOO_MANY: '一个聊天最多 5,000 名成员。',
    },
    changeRole: {
      FORBIDDEN: '你只能更改角色低于自己的成员。',
      NOT_FOUND: '此人已不在聊天中。',
    },
    handOver: {
      FORBIDDEN: '只有群主可以转让聊天。',
      NOT_FOUND: '此人已不在聊天中。',
    },
    removeMember: {
      BAD_REQUEST: '单聊始终只有两个人。',
      FORBIDDEN: '你只能移除角色低于自己的成员。',
      NOT_FOUND: '此人已不在聊天中。',
    },
    leave: {
      BAD_REQUEST: '单聊无法退出。',
      FORBIDDEN: '群主不能退出，请先转让聊天。',
      NOT_FOUND: '你已不在此聊天中。',
    },
    deleteGroup: {
      FORBIDDEN: '只有群主可以删除此聊天。',
      NOT_FOUND: '此聊天已不存在。',
    },
    changeGroup: {
      BAD_REQUEST: '请输入聊天名称，最多 100 个字符。',
      FORBIDDEN: '只有群主和管理员可以修改。',
      NOT_FOUND: '你已不在此聊天中。',
    },
    changeProfile: {
      BAD_REQUEST: '名字最多 100 个字符，头像须为 https 地址。',
    },
    recall: {
      FORBIDDEN: '只有作者、管理员和群主可以撤回这条消息。',
      NOT_FOUND: '这条消息已不存在。',
      TOO_MANY: '此聊天中撤回的消息过多。',
    },
    remind: {
      FORBIDDEN: '你不能就这条消息提醒他人。',
      NOT_FOUND: '这条消息已不存在。',
    },
    markUnread: {
      NOT_FOUND: '这条消息已不存在。',
      TOO_MANY: '这条消息太久远，无法从这里标为未读。',
    },
    statistics: {
      FORBIDDEN: '此聊天不向你显示谁已读，因此没有统计。',
      NOT_FOUND: '你已不在此聊天中。',
      TOO_MANY: '这段时间的数据过多，请缩短时间范围。',
    },
    memberStatistics: {
      FORBIDDEN: '只有群主和管理员能看到每位成员的阅读情况。',
      NOT_FOUND: '你已不在此聊天中。',
      TOO_MANY: '这段时间的数据过多，请缩短时间范围。',
    },
    play: {
      NOT_FOUND: '这条消息已不存在。',
    },
  },
  tooOften: (wait) =>
    wait === undefined ? '操作过于频繁，请稍后再试。' : `操作过于频繁，请在 ${wait}后重试。`,
  unexpected: '页面出错了，请重试或刷新页面。',
};
