import { h } from '../base/dom.ts';
import { hueOf, initialsOf, nameOf, type Person, pictureOf } from './person.ts';

/** Its size is `--face`. The colours are as dark for every hue, so that white letters can be read. */
export const faceCss = `
.face{position:relative;display:inline-grid;place-items:center;flex:none;width:var(--face);height:var(--face);
border-radius:50%;overflow:hidden;color:#fff;font:600 calc(var(--face)*.4)/1 system-ui,sans-serif;
background:linear-gradient(hsl(var(--hue) 40% 42%),hsl(var(--hue) 45% 34%));user-select:none}
@supports (color:oklch(50% 0 0)){.face{background:linear-gradient(oklch(55% .11 var(--hue)),oklch(46% .12 var(--hue)))}}
.face::before{content:attr(data-initials)}
.face img{position:absolute;inset:0;width:100%;height:100%;object-fit:cover;opacity:0}
.face img.loaded{opacity:1}`;

/** A picture, or initials on a colour of one's own until it is there. It is not text: names stand beside it. */
export function faceOf(person: Person): HTMLElement {
  const face = h('span', { class: 'face', part: 'face', 'aria-hidden': 'true' });
  face.style.setProperty('--hue', String(hueOf(person.userId)));
  face.dataset.initials = initialsOf(nameOf(person));
  const picture = pictureOf(person);
  if (picture !== undefined) face.append(pictureElement(picture));
  return face;
}

function pictureElement(src: string): HTMLElement {
  const image = h('img', { alt: '', decoding: 'async', referrerpolicy: 'no-referrer' });
  image.addEventListener('load', () => image.classList.add('loaded'));
  image.addEventListener('error', () => image.remove());
  image.src = src;
  return image;
}
