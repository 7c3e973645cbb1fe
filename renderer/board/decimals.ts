/** Amounts are exact decimals of at most four places; they are added as whole ten-thousandths, never as floats. */
const places = 4;

function unitsOf(decimal: string): bigint {
  const isNegative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(places, '0').slice(0, places));
  return isNegative ? -units : units;
}

/** @returns decimal text without trailing zeros */
export function addDecimals(one: string, other: string): string {
  const sum = unitsOf(one) + unitsOf(other);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  const text = `${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`;
  return sum < 0n ? `-${text}` : text;
}

export function negated(decimal: string): string {
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}
