import type { Group } from '@seenby/client';
import { useTexts } from '../text/language.tsx';
import { Choice } from './choice.tsx';

export type GroupSettings = Pick<Group, 'name' | 'tracking' | 'visibility'>;

const trackings = ['receipts', 'positions'] as const;
const visibilities = ['members', 'sender', 'admins'] as const;

export interface GroupFieldsProps {
  settings: GroupSettings;
  kept: GroupSettings;
  onChange(settings: GroupSettings): void;
}

/** What the owner and admins of a group may change, with what each choice means. */
export function GroupFields({ settings, kept, onChange }: GroupFieldsProps) {
  const texts = useTexts();
  const { group } = texts;
  const { tracking } = settings;
  return (
    <>
      <label>
        {texts.name}
        <input
          data-autofocus
          dir="auto"
          value={settings.name}
          maxLength={100}
          required
          onChange={({ target }) => onChange({ ...settings, name: target.value })}
        />
      </label>
      <Choice
        legend={texts.tracking}
        value={tracking}
        options={trackings.map((value) => ({ value, ...group.tracking[value] }))}
        onChoose={(chosen) => onChange({ ...settings, tracking: chosen })}
      />
      {tracking !== kept.tracking && (
        <p className="dialog-note" role="status">
          {group.trackingChanges[tracking]}
        </p>
      )}
      <Choice
        legend={texts.visibility}
        value={settings.visibility}
        isDisabled={tracking === 'positions'}
        options={visibilities.map((value) => ({ value, ...group.visibility[value] }))}
        onChoose={(visibility) => onChange({ ...settings, visibility })}
      />
    </>
  );
}
