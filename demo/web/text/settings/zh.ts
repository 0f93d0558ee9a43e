import type { group as groupInEnglish, profile as profileInEnglish } from './en.ts';

export const profile: typeof profileInEnglish = {
  name: '你的名字（其他人看到的）',
  picture: '头像地址',
};

export const group: typeof groupInEnglish = {
  loading: '正在加载设置…',
  tracking: {
    receipts: { label: '已读回执', hint: '成员可以看到每条消息有多少人、哪些人、何时已读。' },
    positions: { label: '仅记录位置', hint: '每位成员只有自己的未读数，谁也看不到别人读了什么。' },
  },
  trackingChanges: {
    receipts: '此前读过的消息将计为已读，但没有时间：原本私密的仍然私密。',
    positions: '所有人的已读标记、人数和名单会立即消失。',
  },
  visibility: {
    members: { label: '所有成员', hint: '可以看到所有消息的回执。' },
    sender: { label: '消息发送者', hint: '每位成员只能看到自己消息的回执。' },
    admins: { label: '发送者、群主与管理员', hint: '普通成员只能看到自己消息的回执。' },
  },
  positionsStatement:
    '此聊天只记录位置：每位成员只有自己的未读数，谁也看不到别人读了什么。因此这里没有已读标记、人数和统计。',
  kind: '类型',
  kinds: { group: '群聊', direct: '单聊' },
  members: '成员',
  created: '创建于',
  newcomers: '新成员可见',
  history: (messages) =>
    messages === 0 ? '仅之后的消息' : `最近 ${messages.toLocaleString('zh-CN')} 条消息`,
  ownRole: '你的角色',
};
