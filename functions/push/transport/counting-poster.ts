import type { UsageCounter } from '../../runtime/usage-counts.ts';
import type { FramePoster } from './frame-poster.ts';

/** The poster, with a count of how its posts fare. */
export const countingPoster = (poster: FramePoster, usage: UsageCounter): FramePoster => ({
  close: (connectionId) => poster.close(connectionId),
  find: (connectionId) => poster.find(connectionId),
  async post(connectionId, data) {
    const delivery = await poster.post(connectionId, data);
    if (delivery === 'sent') usage.add('framesPosted');
    if (delivery === 'refused') usage.add('postsRefused');
    return delivery;
  },
});
