/** Runs before the page is drawn, so that a chosen theme does not flash. The demo page keeps it too. */
const theme = localStorage.getItem('seenby.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
