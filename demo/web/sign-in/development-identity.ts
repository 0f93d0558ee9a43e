import type { Identity } from './identity.ts';

/** The identity provider of the local cloud lets anybody be anybody: `?user=bob` is Bob. */
export function developmentIdentity(httpUrl: string): Identity {
  const userId = new URLSearchParams(location.search).get('user') ?? 'sam';
  const tokenOf = async (id: string, name = nameOf(id)): Promise<string> => {
    const response = await fetch(`${httpUrl}/dev/token`, {
      method: 'POST',
      body: JSON.stringify({ userId: id, name }),
    });
    const { token, error } = await response.json();
    if (!response.ok) throw new Error(error.message);
    return token;
  };
  return { name: nameOf(userId), getToken: () => tokenOf(userId), tokenOf };
}

const nameOf = (userId: string): string =>
  userId.replace(
    /(^|[-_])(\p{L})/gu,
    (_, gap: string, letter: string) => `${gap && ' '}${letter.toUpperCase()}`,
  );
