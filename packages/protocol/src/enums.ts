export const messageTypes = ['text', 'image', 'file', 'voice', 'video', 'custom'] as const;
export type MessageType = (typeof messageTypes)[number];

export const roles = ['owner', 'admin', 'member'] as const;
export type Role = (typeof roles)[number];

/** What a group does. */
export const keptTrackings = ['receipts', 'positions'] as const;
export type Tracking = (typeof keptTrackings)[number];

/** What may be asked for: `auto` becomes one of the others. */
export const trackings = [...keptTrackings, 'auto'] as const;

export const visibilities = ['members', 'sender', 'admins'] as const;
export type Visibility = (typeof visibilities)[number];

export const groupKinds = ['group', 'direct'] as const;
export type GroupKind = (typeof groupKinds)[number];

export const receiptKinds = ['read', 'delivered', 'played'] as const;
export type ReceiptKind = (typeof receiptKinds)[number];

export const messageStatuses = ['sent', 'delivered', 'read'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** The part of an audience that a receipt list is about; `delivered` includes `read`. */
export const receiptStates = ['read', 'unread', 'delivered'] as const;
export type ReceiptState = (typeof receiptStates)[number];

/** What a receipt list is sorted by: `user` in order of user id, `time` the newest first. */
export const receiptOrders = ['user', 'time'] as const;
export type ReceiptOrder = (typeof receiptOrders)[number];
