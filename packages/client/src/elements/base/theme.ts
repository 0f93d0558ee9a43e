interface ThemeProperty {
  readonly name: string;
  readonly about: string;
  readonly light: string;
  /** Left out where the light value serves. */
  readonly dark?: string;
}

/** The CSS properties that an app may set on any ancestor, and what holds without them. */
export const themeProperties: readonly ThemeProperty[] = [
  {
    name: 'read',
    about: 'Ticks of a message that all have read',
    light: '#0b6bcb',
    dark: '#6cb8ff',
  },
  { name: 'tick', about: 'All other ticks', light: 'currentColor' },
  { name: 'accent', about: 'Tabs, curve, focus', light: '#0b6bcb', dark: '#6cb8ff' },
  { name: 'text', about: 'Text in cards and panels', light: '#15202b', dark: '#e8edf2' },
  { name: 'muted', about: 'Secondary text in them', light: '#5a6672', dark: '#9fadba' },
  { name: 'surface', about: 'Ground of cards', light: '#ffffff', dark: '#1c242c' },
  { name: 'hover', about: 'Ground below the pointer', light: '#5a667214', dark: '#9fadba1f' },
  { name: 'line', about: 'Lines and borders', light: '#d9dfe5', dark: '#33404c' },
  { name: 'badge', about: 'Ground of the badge', light: '#0b6bcb', dark: '#6cb8ff' },
  { name: 'on-badge', about: 'Text on the badge', light: '#ffffff', dark: '#06213b' },
  { name: 'mention', about: 'The @ of the badge', light: '#0b6bcb', dark: '#6cb8ff' },
  { name: 'alert', about: 'What failed', light: '#b42318', dark: '#ff9a8f' },
  { name: 'radius', about: 'Corners of cards, fields and buttons', light: '10px' },
  {
    name: 'shadow',
    about: 'Shadow of cards',
    light: '0 1px 2px #0000001a, 0 8px 28px #00000024',
    dark: '0 1px 2px #00000066, 0 8px 28px #00000099',
  },
  { name: 'font', about: 'Font of cards and panels', light: '14px/1.4 system-ui, sans-serif' },
  { name: 'tick-size', about: 'Height of ticks', light: '1em' },
  { name: 'face-size', about: 'Size of the faces of a facepile', light: '20px' },
  { name: 'face-ring', about: 'Border of these faces', light: '#ffffff', dark: '#1c242c' },
];

/** In shadow roots they are `--_read` and so on, with what holds where the app sets nothing. */
const declare = (valueFor: (property: ThemeProperty) => string): string =>
  themeProperties
    .map((property) => `--_${property.name}:var(--seenby-${property.name},${valueFor(property)});`)
    .join('');

/** `light-dark` knows colours alone: of a shadow its layers are told one by one. */
function both({ light, dark }: ThemeProperty): string {
  if (dark === undefined) return light;
  const layers = dark.split(', ');
  return light
    .split(', ')
    .map((layer, i) => {
      const [, before = '', colour] = layer.match(/^(.* )?(\S+)$/) ?? [];
      return `${before}light-dark(${colour},${layers[i]?.split(' ').at(-1)})`;
    })
    .join(',');
}

/** Browsers without `light-dark` show the light values. */
export const themeCss = `:host{${declare(({ light }) => light)}}
@supports (color:light-dark(red,red)){:host{${declare(both)}}}`;
