import { offerThemes } from './theme-choice.ts';

const root = document.documentElement.dataset.root ?? '';

offerThemes();
offerCopies();
offerSearch();
followMenu();

/** Each block of code can be copied, without the marks of a terminal. */
function offerCopies(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      const text = figure.querySelector('code')?.textContent ?? '';
      await navigator.clipboard.writeText(text.replaceAll(/^[$>] /gm, '').trimEnd());
      button.textContent = 'Copied';
      button.addEventListener('blur', () => (button.textContent = 'Copy'), { once: true });
    });
    figure.append(button);
  }
}

/** What the search needs is loaded when somebody searches. */
function offerSearch(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-search]');
  if (!button) return;
  button.hidden = false;
  const open = async () => (await import('./search.ts')).openSearch(root);
  button.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const isTyping = (event.target as Element).closest('input, textarea, select, dialog');
    const isShortcut = event.key === 'k' && (event.ctrlKey || event.metaKey);
    if (!isShortcut && (event.key !== '/' || isTyping)) return;
    event.preventDefault();
    void open();
  });
}

/** Where the list of pages has no room beside the text, it lies over it while it is asked for. */
function followMenu(): void {
  const { classList } = document.documentElement;
  const link = document.querySelector<HTMLAnchorElement>('a.menu');
  link?.addEventListener('click', (event) => {
    event.preventDefault();
    const isOpen = classList.toggle('with-menu');
    if (isOpen) document.querySelector<HTMLElement>('#pages a')?.focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !classList.contains('with-menu')) return;
    classList.remove('with-menu');
    link?.focus();
  });
  showCurrent();
}

/** Scrolls the list of pages to the page that is shown, and nothing else. */
function showCurrent(): void {
  const list = document.getElementById('pages');
  const current = list?.querySelector<HTMLElement>('[aria-current]');
  if (!list || !current) return;
  const { top } = current.getBoundingClientRect();
  list.scrollTop += top - list.getBoundingClientRect().top - list.clientHeight / 2;
}
