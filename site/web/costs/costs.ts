import { billOf } from './bill.ts';
import { billTable } from './bill-table.ts';
import { element } from './element.ts';
import {
  type Choice,
  fieldNames,
  fields,
  readChoice,
  readField,
  usualChoice,
  writeChoice,
} from './fields.ts';
import { type Language, texts } from './texts.ts';

const place = document.getElementById('costs');
let choice = readChoice(location.hash);
let language: Language = (navigator.language ?? '').startsWith('zh') ? 'zh' : 'en';

/** Draws all of it; a change of a number draws the bill alone, and the number keeps the focus. */
function draw(root: HTMLElement): void {
  const words = texts[language];
  root.lang = language;
  const bill = element('div', { class: 'bill' });
  const status = element('p', { role: 'status' });
  const update = () => {
    const computed = billOf(choice, words);
    bill.replaceChildren(billTable(computed, words));
    status.textContent = computed.summary;
    pace.textContent = words.readWithin(durationOf(choice));
    history.replaceState(null, '', `#${writeChoice(choice)}`);
  };
  const pace = element('p', { class: 'hint' });
  const form = element('form', { class: 'use' }, ...numberInputs(update), visibilityInput(update));
  form.append(languageInput(root), resetButton(root), pace);
  root.replaceChildren(form, status, bill);
  update();
}

const durationOf = ({ members, shareOnline, secondsBetweenReads }: Choice): string => {
  const readers = Math.max(0, (members * shareOnline) / 100 - 1);
  const seconds = readers * secondsBetweenReads;
  const [value, unit] =
    seconds < 90
      ? [seconds, 'second']
      : seconds < 5400
        ? [seconds / 60, 'minute']
        : [seconds / 3600, 'hour'];
  const style = { style: 'unit', unit, unitDisplay: 'long', maximumSignificantDigits: 2 } as const;
  return value.toLocaleString(language, style);
};

const numberInputs = (update: () => void): HTMLElement[] =>
  fieldNames.map((name) => {
    const { min, max, step } = fields[name];
    const input = element('input', {
      ...{ type: 'number', inputmode: 'decimal', name, min, max, step, required: true },
      value: choice[name],
    });
    const problem = element('small', { class: 'problem', id: `${name}-problem` });
    input.setAttribute('aria-describedby', problem.id);
    input.addEventListener('input', () => {
      const value = readField(name, input.value);
      input.setAttribute('aria-invalid', String(value === undefined));
      problem.textContent =
        value === undefined
          ? texts[language].invalid(String(min), max.toLocaleString('en-US'))
          : '';
      if (value === undefined) return;
      choice = { ...choice, [name]: value };
      update();
    });
    return element('label', {}, texts[language].fields[name], input, problem);
  });

function visibilityInput(update: () => void): HTMLElement {
  const { visibility, visibilities } = texts[language];
  const select = element(
    'select',
    { name: 'visibility' },
    ...Object.entries(visibilities).map(([value, label]) => element('option', { value }, label)),
  );
  select.value = choice.visibility;
  select.addEventListener('change', () => {
    choice = { ...choice, visibility: select.value === 'sender' ? 'sender' : 'members' };
    update();
  });
  return element('label', {}, visibility, select);
}

function languageInput(root: HTMLElement): HTMLElement {
  const select = element(
    'select',
    { name: 'language' },
    element('option', { value: 'en', lang: 'en' }, 'English'),
    element('option', { value: 'zh', lang: 'zh' }, '中文'),
  );
  select.value = language;
  select.addEventListener('change', () => {
    language = select.value === 'zh' ? 'zh' : 'en';
    draw(root);
    root.querySelector<HTMLElement>('[name=language]')?.focus();
  });
  return element('label', {}, texts[language].language, select);
}

function resetButton(root: HTMLElement): HTMLElement {
  const button = element('button', { type: 'button' }, texts[language].reset);
  button.addEventListener('click', () => {
    choice = usualChoice;
    draw(root);
    root.querySelector<HTMLElement>('button')?.focus();
  });
  return button;
}

if (place) draw(place);
