import { useSeenby } from '@seenby/client/react';
import type { Profile } from '@seenby/protocol/entities.ts';
import { type FormEvent, useState } from 'react';
import { Problem } from '../shell/problem.tsx';
import { Avatar } from '../sidebar/avatar.tsx';
import { useTexts } from '../text/language.tsx';
import { useOwnProfile } from './use-own-profile.ts';

/** The name and the picture that others see. */
export function ProfileForm() {
  const profile = useOwnProfile();
  return profile && <Fields kept={profile} />;
}

function Fields({ kept }: { kept: Profile }) {
  const texts = useTexts();
  const client = useSeenby();
  const { userId = '' } = client;
  const [saved, setSaved] = useState(kept);
  const [name, setName] = useState(kept.name ?? '');
  const [picture, setPicture] = useState(kept.picture ?? '');
  const [problem, setProblem] = useState<unknown>();
  const isChanged = name !== (saved.name ?? '') || picture !== (saved.picture ?? '');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    const wanted = { ...(name.trim() && { name: name.trim() }), ...(picture && { picture }) };
    try {
      setSaved(await client.request<Profile>('PUT', '/me/profile', wanted));
    } catch (cause) {
      setProblem(cause);
    }
  };
  return (
    <form className="profile" onSubmit={save}>
      <Avatar id={userId} name={name || userId} picture={saved.picture} size={56} />
      <div className="profile-fields">
        <label>
          {texts.profile.name}
          <input
            dir="auto"
            value={name}
            maxLength={100}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <label>
          {texts.profile.picture}
          <input
            type="url"
            inputMode="url"
            placeholder="https://"
            pattern="https://.+"
            value={picture}
            maxLength={1024}
            onChange={({ target }) => setPicture(target.value.trim())}
          />
        </label>
        <Problem cause={problem} doing="changeProfile" />
        {isChanged && (
          <button type="submit" className="primary">
            {texts.save}
          </button>
        )}
      </div>
    </form>
  );
}
