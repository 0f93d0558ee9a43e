import MiniSearch from 'minisearch';
import type { Section } from '../build/sections.ts';

const maxResults = 12;

let dialog: HTMLDialogElement | undefined;

/** Shows the search; the first time it loads the text of all pages. */
export async function openSearch(root: string): Promise<void> {
  dialog ??= createDialog(root);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input')?.select();
}

function createDialog(root: string): HTMLDialogElement {
  const made = document.createElement('dialog');
  made.className = 'search';
  made.setAttribute('aria-label', 'Search');
  made.innerHTML = `<input type="search" role="combobox" placeholder="Search the documentation"
    aria-label="Search the documentation" aria-controls="results" aria-expanded="false"
    aria-autocomplete="list" autocomplete="off" spellcheck="false" />
    <p role="status"></p><ul id="results" role="listbox" aria-label="Results"></ul>`;
  document.body.append(made);
  made.addEventListener('click', (event) => {
    if (event.target === made) made.close();
  });
  const parts = {
    input: made.querySelector('input') as HTMLInputElement,
    status: made.querySelector('[role=status]') as HTMLElement,
    list: made.querySelector('ul') as HTMLUListElement,
  };
  void connect(parts, root);
  return made;
}

interface Parts {
  input: HTMLInputElement;
  status: HTMLElement;
  list: HTMLUListElement;
}

async function connect({ input, status, list }: Parts, root: string): Promise<void> {
  status.textContent = 'Loading …';
  const index = await loadIndex(root).catch(() => undefined);
  if (!index) {
    status.textContent = 'The search could not be loaded.';
    return;
  }
  const show = () => showResults({ input, status, list }, index.search(input.value), root);
  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => onKey(event, list, input));
  show();
}

async function loadIndex(root: string): Promise<MiniSearch<Section>> {
  const response = await fetch(`${root}assets/search.json`);
  if (!response.ok) throw new Error(`The text of the pages answers ${response.status}.`);
  const index = new MiniSearch<Section>({
    idField: 'url',
    fields: ['heading', 'page', 'text'],
    storeFields: ['url', 'page', 'heading', 'text'],
    searchOptions: {
      boost: { heading: 4, page: 2 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
    },
  });
  index.addAll(await response.json());
  return index;
}

type Found = ReturnType<MiniSearch<Section>['search']>;

function showResults({ input, status, list }: Parts, found: Found, root: string): void {
  const shown = found.slice(0, maxResults);
  list.replaceChildren(...shown.map((section, i) => optionFor(section, i, root)));
  input.setAttribute('aria-expanded', String(shown.length > 0));
  input.removeAttribute('aria-activedescendant');
  const isAsked = input.value.trim() !== '';
  status.textContent = isAsked && shown.length === 0 ? 'Nothing has these words.' : '';
  choose(list, input, 0);
}

function optionFor(found: Found[number], i: number, root: string): HTMLElement {
  const { url, page, heading, text } = found as unknown as Section;
  const item = document.createElement('li');
  item.role = 'presentation';
  const option = document.createElement('a');
  option.role = 'option';
  option.id = `result-${i}`;
  option.href = root + url;
  option.tabIndex = -1;
  const [title, where, excerpt] = ['strong', 'small', 'span'].map((tag) =>
    document.createElement(tag),
  ) as [HTMLElement, HTMLElement, HTMLElement];
  title.textContent = heading;
  where.textContent = heading === page ? '' : page;
  excerpt.textContent = excerptOf(text, found.terms);
  option.append(title, ' ', where, excerpt);
  item.append(option);
  return item;
}

/** The words around the first place that matches. */
function excerptOf(text: string, terms: readonly string[]): string {
  const places = terms.map((term) => text.toLowerCase().indexOf(term)).filter((at) => at >= 0);
  const at = Math.max(0, Math.min(...(places.length > 0 ? places : [0])) - 40);
  const start = at === 0 ? 0 : text.indexOf(' ', at) + 1;
  const excerpt = text.slice(start, start + 140).replace(/\s\S*$/, '');
  return `${start > 0 ? '… ' : ''}${excerpt.trim()} …`;
}

const optionsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>('[role=option]')];

function choose(list: HTMLElement, input: HTMLElement, place: number): void {
  for (const [i, option] of optionsOf(list).entries()) {
    option.setAttribute('aria-selected', String(i === place));
    if (i !== place) continue;
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }
}

function onKey(event: KeyboardEvent, list: HTMLElement, input: HTMLElement): void {
  const options = optionsOf(list);
  const place = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined && options.length > 0) {
    event.preventDefault();
    choose(list, input, (place + step + options.length) % options.length);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    options[place]?.click();
    list.closest('dialog')?.close();
  }
}
