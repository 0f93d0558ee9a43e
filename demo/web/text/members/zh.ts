import type { people as inEnglish } from './en.ts';

const number = (count: number): string => count.toLocaleString('zh-CN');

export const people: typeof inEnglish = {
  title: '成员',
  members: (count) => `${number(count)} 名成员`,
  online: (count) => `${number(count)} 人在线`,
  isOnline: '在线',
  isOffline: '离线',
  direct: '单聊',
  openMembers: '查看成员',
  search: '搜索成员',
  loading: '正在加载成员…',
  noneMatches: (typed) => `没有名为“${typed}”的成员。`,
  notLoaded: '暂时无法显示成员。',
  roles: { owner: '群主', admin: '管理员', member: '成员' },
  you: '你',
  actionsFor: (name) => `对${name}的操作`,
  actions: {
    makeAdmin: '设为管理员',
    makeMember: '设为普通成员',
    handOver: '转让群主',
    remove: '移出聊天',
    leave: '退出聊天',
  },
  deleteGroup: '删除聊天',

  add: '添加成员',
  addTitle: '添加成员',
  addSearch: '姓名或用户 ID',
  addHint: '你其他聊天中的人可按姓名搜索，其他人请输入用户 ID。',
  addId: (id) => `添加用户 ID“${id}”`,
  noSuchId: '用户 ID 不能含空格，只能包含字母、数字和 _ . @ | : + = ~ ! $ -',
  isMember: '已是成员',
  chosen: (count) => `已选 ${number(count)} 人`,
  takeAway: (name) => `不添加${name}`,
  asAdmin: '添加为管理员',
  seesHistory: (messages) =>
    messages === 0
      ? '他们只能看到之后的消息。'
      : `他们能看到最近最多 ${number(messages)} 条消息，均为未读。`,
  addCount: (count) => (count === 0 ? '添加' : `添加 ${number(count)} 人`),
  allThere: '他们已经是成员。',

  confirm: {
    remove: {
      title: (name) => `移除${name}？`,
      says: (name) => [
        `${name}会立即在所有设备上失去此聊天。`,
        '对方读过的消息仍计入已读，并标为已退出。',
        '对方未读的消息不再计入对方。',
        '再次添加时，一切从头开始。',
      ],
      action: '移除',
    },
    leave: {
      title: () => '退出此聊天？',
      says: () => [
        '聊天会立即从你所有设备的列表中消失。',
        '其他人仍能看到你读过哪些消息，并标为已退出。',
        '只有群主或管理员能再次添加你，届时从头开始。',
      ],
      action: '退出',
    },
    handOver: {
      title: (name) => `将群主转让给${name}？`,
      says: (name) => [
        `${name}将可以修改、移除和删除这里的一切，包括此聊天。`,
        '你将成为管理员。只有新群主可以转让回来。',
      ],
      action: '转让',
    },
    deleteGroup: {
      title: (name) => `删除“${name}”？`,
      says: (_name, members) => [
        members > 1 ? `聊天会立即对全部 ${number(members)} 名成员结束。` : '聊天会立即结束。',
        '任何人都无法再看到其中的消息和回执。',
        '此操作无法撤销。',
      ],
      action: '删除',
    },
  },
};
