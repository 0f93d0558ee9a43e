/** What people write in. */
export type Language = 'en' | 'zh';
