/** Somebody at the chat without a browser. */
export async function signIn(chatUrl: string, name: string) {
  const session = await fetch(`${chatUrl}/session`, post({ name }));
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { id } = (await session.json()) as { id: string };
  const headers = { cookie };
  return {
    id,
    post: (path: string, body: object = {}) => fetch(chatUrl + path, { ...post(body), headers }),
    get: async <T>(path: string) => (await (await fetch(chatUrl + path, { headers })).json()) as T,
  };
}

export const post = (body: object) => ({ method: 'POST', body: JSON.stringify(body) });

type ChatUser = Awaited<ReturnType<typeof signIn>>;

/** A room of the first user that all of them have joined. */
export async function makeRoom(...users: [ChatUser, ...ChatUser[]]) {
  const [maker] = users;
  const { id } = (await (await maker.post('/rooms', { name: 'Kitchen' })).json()) as { id: string };
  for (const user of users) await user.post(`/rooms/${id}/join`);
  const path = `/rooms/${id}/messages`;
  return {
    id,
    write: (user: ChatUser, text: string) => user.post(path, { text }),
    /** Of all messages, as the maker is told. */
    seqs: async () => (await maker.get<{ seq: number | null }[]>(path)).map(({ seq }) => seq),
  };
}
