/**
 * Licences that ask for no more than that their text is kept. `.github/dependency-review.yml` has the same list:
 * a test compares them.
 */
export const permissiveLicences = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
];

/** Packages with another licence, and why they may be here. */
export const licenceExceptions: readonly {
  name: RegExp;
  licence: string;
  reason: string;
}[] = [
  {
    name: /^lightningcss(-|$)/,
    licence: 'MPL-2.0',
    reason:
      'Vite makes style sheets smaller with it. It is used unchanged, and no part of it is in what comes out',
  },
  {
    name: /^axe-core$/,
    licence: 'MPL-2.0',
    reason: 'Tests look with it for what keeps people from using the page. It is not deployed',
  },
  {
    name: /^caniuse-lite$/,
    licence: 'CC-BY-4.0',
    reason:
      'Data about browsers that Stryker, which changes code for tests, brings. It is not deployed',
  },
];

/** Whether an expression of SPDX lets us choose a permissive licence. */
export function isPermissive(expression: string): boolean {
  const parts = expression.replaceAll(/[()]/g, '').split(' AND ');
  // A choice among several that all have to hold is not taken apart here.
  if (parts.length > 1 && expression.includes(' OR ')) return false;
  return parts.every((part) =>
    part.split(' OR ').some((licence) => permissiveLicences.includes(licence)),
  );
}

export const hasException = (name: string, licence: string): boolean =>
  licenceExceptions.some((each) => each.name.test(name) && each.licence === licence);
