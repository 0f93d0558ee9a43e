import {
  type CSSProperties,
  createElement,
  type ReactElement,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import type { GroupHandle } from '../groups/group-handle.ts';
import type { ShownMessage } from '../timeline/messages.ts';
import { ClientContext } from './client-context.ts';

/** What all components have in common: the group, or its id below a `SeenbyProvider`. */
export interface ElementProps {
  group?: GroupHandle;
  groupId?: string;
  className?: string;
  style?: CSSProperties;
  id?: string;
}

export interface TicksProps extends ElementProps {
  /** Of a message that is stored; without it the message is on its way. */
  seq?: number;
  /** Whether the service refused the message. */
  failed?: boolean;
  /** A message of `useGroupState`, instead of both. */
  message?: ShownMessage;
}

/** The message that somebody wants to know more of. */
export interface OpenDetail {
  group: GroupHandle;
  seq: number;
}

/** How many members were reminded, and how many of their connections were told at once. */
export interface RemindedDetail extends OpenDetail {
  reminded: number;
  reached: number;
}

export interface ReadByProps extends ElementProps {
  seq: number;
  /** It was clicked: time to show `Readers`. */
  onOpen?(detail: OpenDetail): void;
}

export interface FacepileProps extends ReadByProps {
  /** How many faces there are at most; 5 by default. */
  max?: number;
}

export interface ReadersProps extends ElementProps {
  seq: number;
  onReminded?(detail: RemindedDetail): void;
}

export interface BadgeProps extends ElementProps {
  /** The highest number that is written out; 99 by default. */
  max?: number;
}

/** How far a message has come: a clock, ✓, ✓✓, coloured ✓✓; or that it failed. */
export function Ticks({ message, seq, failed, ...props }: TicksProps): ReactElement {
  const ofMessage = message?.state === 'sent' ? message.seq : undefined;
  const isFailed = message ? message.state === 'failed' : failed;
  const attributes = { seq: message ? ofMessage : seq, failed: isFailed || undefined };
  return useElement('seenby-ticks', props, attributes, {});
}

/** How many others have read a message and how many have not, with a card of the latest readers. */
export const ReadBy = ({ seq, onOpen, ...props }: ReadByProps): ReactElement =>
  useElement('seenby-read-by', props, { seq }, { 'seenby-open': onOpen });

/** The faces of those who have read up to a message and no farther. */
export const Facepile = ({ seq, max, onOpen, ...props }: FacepileProps): ReactElement =>
  useElement('seenby-facepile', props, { seq, max }, { 'seenby-open': onOpen });

/** Who has read a message and who has not, how fast, as a file, and a reminder. It fills its box. */
export const Readers = ({ seq, onReminded, ...props }: ReadersProps): ReactElement =>
  useElement('seenby-readers', props, { seq }, { 'seenby-reminded': onReminded });

/** Unread messages of a group or, without one, of all. */
export const Badge = ({ max, ...props }: BadgeProps): ReactElement =>
  useElement('seenby-badge', props, { max }, {});

/** On a server there is nothing to lay out, and React 18 warns of those who try. */
const useIsomorphicEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/**
 * An element with its properties. Attributes are left to React; objects are set here, since React 18
 * makes texts of them. The elements are loaded by those who use them.
 */
function useElement(
  tag: string,
  { group, groupId, className, style, id }: ElementProps,
  attributes: Record<string, unknown>,
  listeners: Record<string, ((detail: never) => void) | undefined>,
): ReactElement {
  const client = useContext(ClientContext);
  const ref = useRef<HTMLElement>(null);
  const latest = useRef(listeners);
  useIsomorphicEffect(() => {
    latest.current = listeners;
    Object.assign(ref.current ?? {}, { client, group });
  });
  useEffect(() => {
    void import('../elements/elements.ts');
    const ending = new AbortController();
    for (const name of Object.keys(latest.current)) {
      const listener = (event: Event) =>
        latest.current[name]?.((event as CustomEvent<never>).detail);
      ref.current?.addEventListener(name, listener, ending);
    }
    return () => ending.abort();
  }, []);
  return createElement(tag, {
    ...{ ...attributes, 'group-id': groupId, class: className, style, id, ref },
    // Elements write how they stand into attributes of their own.
    suppressHydrationWarning: true,
  });
}
