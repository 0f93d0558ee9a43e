import { pageStorage } from '../../demo/web/page-storage.ts';

/** Runs before the page is drawn, so that a chosen theme does not flash. The demo page keeps it too. */
const theme = pageStorage.getItem('seenby.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
