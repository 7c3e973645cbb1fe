/**
 * What is seen of no text: white space, and characters of no width (zero-width spaces and joiners, marks of direction,
 * fillers, byte order marks) as they come along when cells are copied from web pages and letters.
 */
const invisible =
  '\\s\\p{Cc}\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\uffa0\\ufeff';
// A variation selector at the end belongs to the emoji before it.
const atStart = new RegExp(`^[${invisible}]+`, 'u');
const atEnd = new RegExp(`[${invisible.replace('\\ufe00-\\ufe0f', '')}]+$`, 'u');
const plain = /^[\u0021-\u007e](?:[\u0020-\u007e]*[\u0021-\u007e])?$/;

/** A text without what cannot be seen at its edges; empty when nothing of it can be seen. NULs stay: they are no text. */
export function trimInvisible(text: string): string {
  // Nearly every cell is plain, and the patterns below cost more than all the rest of reading it.
  if (text === '' || plain.test(text)) return text;
  if (text.includes('\u0000')) return text.trim();
  return text.replace(atStart, '').replace(atEnd, '');
}

const placeholders = new Set([
  '-',
  '--',
  '–',
  '—',
  'n/a',
  'n.a.',
  '#n/a',
  'null',
  '(null)',
  'nil',
  'none',
  '(none)',
  // How Outlook and databases write that there is no date.
  '0/0/00',
  '00/00/0000',
  '0000-00-00',
]);

/** Whether a cell only says that there is no value. In a column of text it may be one. */
export function isPlaceholder(text: string): boolean {
  return text.length <= 10 && placeholders.has(text.toLowerCase());
}
