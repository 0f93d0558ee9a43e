import { invalid } from '../errors.ts';

/** `digits` times ten to the power of `exponent`; the last digit is no zero. */
interface Decimal {
  digits: bigint;
  exponent: number;
}

const maxDigits = 38;
const maxMagnitude = 125;
const minMagnitude = -130;
const plainInteger = /^(0|-?[1-9]\d{0,14})$/;
const syntax = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** The one way a number is written: no exponent, no zeros that say nothing. Throws if it is none. */
export function normalizeNumber(text: string): string {
  return plainInteger.test(text) ? text : format(checked(parse(text)));
}

/** Numbers in their one form. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  // What rounds to different doubles is in the same order.
  const rough = Number(a) - Number(b);
  if (rough !== 0) return rough;
  const [left, right] = aligned(parse(a), parse(b));
  return left < right ? -1 : 1;
}

export function addNumbers(a: string, b: string): string {
  const sum = Number(a) + Number(b);
  if (plainInteger.test(a) && plainInteger.test(b)) return String(sum);
  const [left, right, exponent] = aligned(parse(a), parse(b));
  return format(checked(trimmed(left + right, exponent)));
}

export const negateNumber = (text: string): string => {
  if (text === '0') return text;
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
};

/** Two decimal digits take a byte, counted from the point; a sign and the exponent one each. */
export function numberSize(text: string): number {
  if (text === '0') return 1;
  const sign = text.startsWith('-') ? 1 : 0;
  const [whole = '', fraction] = text.split('.');
  if (fraction === undefined) {
    let end = text.length;
    while (text.endsWith('00', end)) end -= 2;
    return Math.ceil((end - sign) / 2) + 1 + sign;
  }
  const digits = whole.slice(sign);
  const padded =
    (digits.length % 2 ? `0${digits}` : digits) + (fraction.length % 2 ? `${fraction}0` : fraction);
  const significant = padded.replace(/^(00)+/, '').replace(/(00)+$/, '');
  return significant.length / 2 + 1 + sign;
}

function parse(text: string): Decimal {
  const [, sign, whole = '', fraction = '', exponent = '0'] = syntax.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') {
    throw invalid('A value provided cannot be converted into a number');
  }
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  return trimmed(digits, Number(exponent) - fraction.length);
}

function trimmed(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return { digits, exponent: 0 };
  const zeros = /0*$/.exec(String(digits))?.[0].length ?? 0;
  return { digits: digits / 10n ** BigInt(zeros), exponent: exponent + zeros };
}

function checked(decimal: Decimal): Decimal {
  if (decimal.digits === 0n) return decimal;
  const count = String(decimal.digits).replace('-', '').length;
  const magnitude = decimal.exponent + count - 1;
  if (magnitude > maxMagnitude) {
    throw invalid(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  }
  if (magnitude < minMagnitude) {
    throw invalid(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  }
  if (count > maxDigits) {
    throw invalid('Attempting to store more than 38 significant digits in a Number');
  }
  return decimal;
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  const at = ({ digits, exponent: own }: Decimal) => digits * 10n ** BigInt(own - exponent);
  return [at(a), at(b), exponent];
}

function format({ digits, exponent }: Decimal): string {
  if (exponent >= 0) return String(digits) + '0'.repeat(digits === 0n ? 0 : exponent);
  const sign = digits < 0n ? '-' : '';
  const text = String(digits)
    .replace('-', '')
    .padStart(1 - exponent, '0');
  return `${sign}${text.slice(0, exponent)}.${text.slice(exponent)}`;
}
