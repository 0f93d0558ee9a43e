import { leaveOut } from '../../../support/leave-out.ts';
import type { Difference, Fault, Story } from './story.ts';

export interface Failing {
  story: Story;
  differences: Difference[];
}

type Run = (story: Story) => Promise<{
  differences: Difference[];
  faults: Record<string, Fault>;
}>;

/**
 * The shortest story that still shows one of the differences: chunks of steps are left out, then chunks
 * of the network's faults. Stops early when `isOver` says so.
 */
export async function shrink(run: Run, story: Story, isOver: () => boolean): Promise<Failing> {
  const whole = await run(story);
  const properties = new Set(whole.differences.map(({ property }) => property));
  let least: Failing = {
    story: { ...story, faults: whole.faults },
    differences: whole.differences,
  };
  const attempt = async (shorter: Story): Promise<boolean> => {
    const { differences } = await run(shorter);
    const isStill = differences.some(({ property }) => properties.has(property));
    if (isStill) least = { story: shorter, differences };
    return isStill;
  };
  if (!(await attempt(least.story))) return least;
  const withFaults = (faults: [string, Fault][]) => () =>
    attempt({ ...least.story, faults: Object.fromEntries(faults) });
  const withSteps = (steps: Story['steps']) => () => attempt({ ...least.story, steps });
  let size: number;
  do {
    size = sizeOf(least.story);
    await leaveOut(
      () => [...least.story.steps],
      (left) => withSteps(left)(),
      isOver,
    );
    await leaveOut(
      () => Object.entries(least.story.faults ?? {}),
      (left) => withFaults(left)(),
      isOver,
    );
  } while (sizeOf(least.story) < size && !isOver());
  return least;
}

const sizeOf = ({ steps, faults = {} }: Story): number => steps.length + Object.keys(faults).length;
