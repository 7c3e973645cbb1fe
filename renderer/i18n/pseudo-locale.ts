const accented: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ').map((letter, index) => [
    letter,
    Array.from('àƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ')[index] ?? letter,
  ]),
);

/** Accents every letter and brackets the text, but leaves `{{placeholders}}`, `$t(...)` and `<tags>` alone. */
export function pseudoText(text: string): string {
  const parts = text.split(/(\{\{[^}]*\}\}|\$t\([^)]*\)|<\/?\w+\/?>)/u);
  const letters = parts.map((part, index) =>
    index % 2 === 1 ? part : Array.from(part, (letter) => accented[letter] ?? letter).join(''),
  );
  return `[${letters.join('')}]`;
}

export type Texts = { readonly [key: string]: string | Texts };

export function pseudoLocalised(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoText(value) : pseudoLocalised(value),
    ]),
  );
}
