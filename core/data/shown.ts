/** A text, such as a cell of a file, as a message quotes it. */
export function shown(text: string): string {
  const plain = text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
  return plain.length > 60 ? `${excerpt(plain, 57)}…` : plain;
}

/**
 * The beginning of a text as it is kept in the record of an import: JSON in PostgreSQL takes neither a NUL nor half of a
 * pair of surrogates, and a cut goes through the middle of an emoji sooner or later.
 */
export function excerpt(text: string, length: number): string {
  return text.slice(0, length).replaceAll('\u0000', '\ufffd').toWellFormed();
}
