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
  seq: number | null;
}

/** What makes the tables: each line runs once, in this order. */
const migrations = [
  'CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT UNIQUE) STRICT',
  'CREATE TABLE rooms (id TEXT PRIMARY KEY, name TEXT, madeBy TEXT) STRICT',
  'CREATE TABLE members (roomId TEXT, userId TEXT, UNIQUE (roomId, userId)) STRICT',
  'CREATE TABLE messages (id TEXT UNIQUE, roomId TEXT, userId TEXT, text TEXT) STRICT',
  'ALTER TABLE messages ADD seq INTEGER; UPDATE messages SET seq = 0',
];

const database = new DatabaseSync(process.env.DATABASE ?? ':memory:');
const version = database.prepare('PRAGMA user_version').get() as { user_version: number };
for (const sql of migrations.slice(version.user_version)) database.exec(sql);
database.exec(`PRAGMA user_version = ${migrations.length}`);

const rows = <T>(sql: string, ...values: string[]) => database.prepare(sql).all(...values) as T[];
const run = (sql: string, ...values: string[]) => database.prepare(sql).run(...values);

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
