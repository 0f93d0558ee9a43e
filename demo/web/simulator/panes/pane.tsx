import { SeenbyProvider, useConnection, useGroup, useGroupState } from '@seenby/client/react';
import { Copy, PlugZap, Shuffle, Unplug } from 'lucide-react';
import { useState } from 'react';
import { Conversation } from '../../conversation/conversation.tsx';
import { MembersContext, useLoadedMembers } from '../../conversation/members.ts';
import { ConnectionStrip } from '../../shell/connection-strip.tsx';
import { useTexts } from '../../text/language.tsx';
import type { Actor } from '../session/demo-session.ts';
import type { Disturbance } from '../session/disturbed-wire.ts';

export interface PaneProps {
  title: string;
  actor: Actor;
  groupId: string;
}

/** The group as one of the two sees it, and ways to make that hard. */
export function Pane({ title, actor, groupId }: PaneProps) {
  return (
    <section className="pane" aria-label={title} data-pane={actor.userId}>
      <SeenbyProvider client={actor.client}>
        <PaneHeader title={title} actor={actor} />
        <ConnectionStrip />
        <PaneBody groupId={groupId} title={title} />
      </SeenbyProvider>
    </section>
  );
}

function PaneBody({ groupId, title }: Pick<PaneProps, 'groupId' | 'title'>) {
  const texts = useTexts();
  const group = useGroup(groupId);
  const { status } = useGroupState(group);
  const members = useLoadedMembers(group);
  if (!status) return null;
  return (
    <MembersContext value={members}>
      <Conversation group={group} label={`${texts.wrote(title)} ${texts.messages}`} />
    </MembersContext>
  );
}

function PaneHeader({ title, actor }: { title: string; actor: Actor }) {
  const texts = useTexts();
  const { state } = useConnection();
  const { wire, client, userId } = actor;
  const [isCut, setIsCut] = useState(wire.isCut);
  const toggleCut = () => {
    if (isCut) {
      wire.restore();
      client.connect().catch(() => {});
    } else wire.cut();
    setIsCut(!isCut);
  };
  return (
    <header>
      <h3>
        {title} <small>{userId}</small> <span className="lamp" data-state={state} />
      </h3>
      <button type="button" aria-pressed={isCut} onClick={toggleCut}>
        {isCut ? <PlugZap aria-hidden size={16} /> : <Unplug aria-hidden size={16} />}
        {isCut ? texts.simulation.panes.restore : texts.simulation.panes.cut}
      </button>
      <Switch wire={wire} name="duplicates" label={texts.simulation.panes.duplicate} icon={Copy} />
      <Switch wire={wire} name="reorders" label={texts.simulation.panes.reorder} icon={Shuffle} />
    </header>
  );
}

interface SwitchProps {
  wire: Actor['wire'];
  name: keyof Disturbance;
  label: string;
  icon: typeof Copy;
}

function Switch({ wire, name, label, icon: Icon }: SwitchProps) {
  const [isOn, setIsOn] = useState(wire.disturbance[name]);
  const toggle = () => {
    wire.disturbance[name] = !isOn;
    setIsOn(!isOn);
  };
  return (
    <button type="button" aria-pressed={isOn} onClick={toggle}>
      <Icon aria-hidden size={16} />
      {label}
    </button>
  );
}
