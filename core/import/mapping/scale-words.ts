const thousand = '1000';
const million = '1000000';
const billion = '1000000000';

/** Words and signs for scales, in lower case without full stops and apostrophes. */
const multipliers: Readonly<Record<string, string>> = {
  k: thousand,
  t: thousand,
  '000': thousand,
  '000s': thousand,
  thousand,
  thousands: thousand,
  tsd: thousand,
  tausend: thousand,
  milliers: thousand,
  m: million,
  mn: million,
  mln: million,
  mio: million,
  million,
  millions: million,
  millionen: million,
  millones: million,
  b: billion,
  bn: billion,
  bln: billion,
  mrd: billion,
  billion,
  billions: billion,
  milliarden: billion,
  milliards: billion,
};

// `Billionen`, which are a thousand milliards, and `miles`, which are also a distance, are left out.
const scale = String.raw`thousands?|millions?|billions?|tausend|tsd\.?|millionen|mio\.?|milliarden|mrd\.?|milliers|milliards|millones|mln|mn|bln|bn|['’]?000s?|k`;
/** One letter is a scale beside a currency alone: `(m)` are metres. */
const letter = 'k|m|b|t';
const currency = String.raw`(?:us\$|[€$£¥₹]|eur|usd|gbp|chf|jpy|inr|cad|aud|sek|nok|dkk|pln|czk|brl|mxn|cny|(?:us\s+)?dollars?|euros?|pounds?)`;
const ofCurrency = String.raw`(?:\s*(?:of\s+|de\s+|d['’]\s*)?${currency})`;
const end = String.raw`(?=$|[\s),;.\]])`;

const forms = [
  // (in millions of USD), (k), [Mio. €], ('000)
  new RegExp(String.raw`[([]\s*(?:in\s+)?(?:${currency}\s*)?(${scale})${ofCurrency}?\s*[)\]]`, 'iu'),
  // in thousands, in EUR thousands, in Mio. EUR, in 000s
  new RegExp(String.raw`\bin\s+(?:${currency}\s+)?(${scale.replace('|k', '')})${ofCurrency}?${end}`, 'iu'),
  // in k, in k€; but not in K-12
  new RegExp(String.raw`\bin\s+(k)${ofCurrency}?\s*(?:$|[),;\]])`, 'iu'),
  // K€, TEUR, Mio. €, M€
  new RegExp(String.raw`(?:^|[\s,([])(${scale}|${letter})\s*(?:of\s+)?${currency}\s*(?:$|[)\]])`, 'iu'),
  // $m, €bn, USD millions
  new RegExp(String.raw`(?:^|[\s,([])${currency}\s*(${scale}|${letter})\s*(?:$|[)\]])`, 'iu'),
];

/**
 * What a header or a description says that its numbers are to be multiplied by: `Revenue (in millions of USD)`,
 * `Umsatz Mio. €`, `ARR K€`, `in 000s`; null for anything else.
 */
export function scaleIn(text: string): string | null {
  for (const form of forms) {
    const word = form.exec(text)?.[1];
    // In capitals, without a currency, they are Minnesota and Brunei.
    if (word === undefined || word === 'MN' || word === 'BN') continue;
    return multipliers[word.toLowerCase().replaceAll(/[.'’]/g, '')] ?? null;
  }
  return null;
}
