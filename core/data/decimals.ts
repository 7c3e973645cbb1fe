/** Exact arithmetic on decimals as text; amounts never pass through a float. */

/** `value × multiplier`, plain (`1100.04 × 1000000` is `1100040000`), or null when either is no plain decimal. */
export function scaleDecimal(value: string, multiplier: string): string | null {
  if (multiplier === '1') return value;
  const a = parts(value);
  const b = parts(multiplier);
  if (!a || !b) return null;
  return plain(a.digits * b.digits, a.scale + b.scale);
}

function parts(text: string): { digits: bigint; scale: number } | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, minus = '', whole = '', fraction = ''] = match;
  return { digits: BigInt(`${minus}${whole}${fraction}`), scale: fraction.length };
}

function plain(digits: bigint, scale: number): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** The same number in one spelling: no needless zeros, so that texts can be compared. */
export function plainDecimal(text: string): string {
  const number = parts(text);
  return number ? plain(number.digits, number.scale) : text;
}
