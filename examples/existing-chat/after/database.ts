import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

export interface User {
  id: string;
  name: string;
}

export interface Room {
  id: string;
  name: string;
  /** The user who made it. They stay in it. */
  madeBy: string;
}

export interface Message {
  id: string;
  roomId: string;
  userId: string;
  userName: string;
  text: string;
  /** In the group; null until it has one, 0 from before there were receipts. */
  seq: number | null;
}

const database = new DatabaseSync(process.env.DATABASE ?? ':memory:');
database.exec(`
  CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, name TEXT UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS rooms (id TEXT PRIMARY KEY, name TEXT, madeBy TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS members (roomId TEXT, userId TEXT, UNIQUE (roomId, userId)) STRICT;
  CREATE TABLE IF NOT EXISTS messages (id TEXT UNIQUE, roomId TEXT, userId TEXT, text TEXT) STRICT;
`);

const rows = <T>(sql: string, ...values: string[]) => database.prepare(sql).all(...values) as T[];
const run = (sql: string, ...values: string[]) => database.prepare(sql).run(...values);

if (rows("SELECT 1 FROM pragma_table_info('messages') WHERE name = 'seq'").length === 0) {
  database.exec('ALTER TABLE messages ADD seq INTEGER; UPDATE messages SET seq = 0');
}

/** Whoever gives a name for the first time becomes a user. */
export function signIn(name: string): User {
  run('INSERT OR IGNORE INTO users VALUES (?, ?)', `user-${randomUUID()}`, name);
  return rows<User>('SELECT * FROM users WHERE name = ?', name)[0] as User;
}

export const userOf = (id: string) => rows<User>('SELECT * FROM users WHERE id = ?', id)[0];

export const allRooms = () => rows<Room>('SELECT * FROM rooms');

export const roomOf = (id: string) => rows<Room>('SELECT * FROM rooms WHERE id = ?', id)[0];

export function makeRoom(name: string, madeBy: string): Room {
  const room = { id: `room-${randomUUID()}`, name, madeBy };
  run('INSERT INTO rooms VALUES (?, ?, ?)', room.id, name, madeBy);
  join(room.id, madeBy);
  return room;
}

export const join = (roomId: string, userId: string) =>
  run('INSERT OR IGNORE INTO members VALUES (?, ?)', roomId, userId);

export const leave = (roomId: string, userId: string) =>
  run('DELETE FROM members WHERE roomId = ? AND userId = ?', roomId, userId);

export const membersOf = (roomId: string) =>
  rows<User>('SELECT id, name FROM members JOIN users ON id = userId WHERE roomId = ?', roomId);

const selectMessages =
  'SELECT messages.*, users.name AS userName FROM messages JOIN users ON users.id = userId';

export const messagesIn = (roomId: string) =>
  rows<Message>(`${selectMessages} WHERE roomId = ? ORDER BY messages.rowid`, roomId);

export function addMessage(roomId: string, userId: string, text: string): Message {
  const id = `message-${randomUUID()}`;
  run(
    'INSERT INTO messages (id, roomId, userId, text) VALUES (?, ?, ?, ?)',
    id,
    roomId,
    userId,
    text,
  );
  return rows<Message>(`${selectMessages} WHERE messages.id = ?`, id)[0] as Message;
}

export const setSeq = (messageId: string, seq: number) =>
  run('UPDATE messages SET seq = ? WHERE id = ?', String(seq), messageId);
