const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const countryNames = new Set<string>(['usa', 'uk', 'great britain', 'england', 'czech republic', 'korea']);
for (let first = 65; first <= 90; first += 1) {
  for (let second = 65; second <= 90; second += 1) {
    const name = regionNames.of(String.fromCharCode(first, second));
    if (name !== undefined) countryNames.add(name.toLowerCase());
  }
}

/** Whether a text is the English name of a country. */
export function isCountry(text: string): boolean {
  return countryNames.has(text.toLowerCase());
}
