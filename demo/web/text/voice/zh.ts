import type { voice as inEnglish } from './en.ts';

export const voice: typeof inEnglish = {
  record: '录制语音消息',
  asking: '请允许使用麦克风…',
  recording: '正在录音',
  full: '已达一条消息的上限',
  length: '录音时长',
  throwAway: '放弃录音',
  send: '发送语音消息',
  play: (seconds) => `播放语音消息，${seconds}`,
  pause: '暂停',
  position: '播放位置',
  speed: (speed) => `${speed} 倍速，点击更改`,
  notHeard: '未播放',
  notPlayable: '此语音消息无法在这里播放。',
  message: '语音消息',
  playedBy: (count) => `${count} 人已播放`,
  playedByAll: '全部已播放',
  problems: {
    notAllowed: '此页面未被允许使用麦克风，可在浏览器地址栏中设置。',
    noMicrophone: '没有可用的麦克风。',
    tooLarge: '录音太大，无法放入一条消息，请缩短时间。',
    failed: '录音失败，请重试。',
  },
};
