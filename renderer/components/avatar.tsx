import { classNames } from './class-names.ts';

const hasCase = /^(?:[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\d]|)$/u;

/** The first letters of the first and last word, for names in any script. */
function initialsOf(name: string): string | undefined {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0];
  if (!first) return undefined;
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letters = [first, last].map((word) => (word ? (Array.from(word)[0] ?? '') : ''));
  // Two characters of a script without small and capital letters are wider than the circle, and their order varies.
  return letters.every((letter) => hasCase.test(letter)) ? letters.join('').toLocaleUpperCase() : letters[0];
}

/** Initials of a person (round) or an organisation (square). Decorative: the name stands beside it. */
export function Avatar({
  name,
  isSquare = false,
  size = 20,
}: {
  name: string;
  isSquare?: boolean;
  size?: 20 | 24 | 40;
}) {
  const sizes = { 20: 'size-5 text-[9px]', 24: 'size-6 text-[10px]', 40: 'size-10 text-base' };
  return (
    <span
      aria-hidden
      // Drawn by the style sheet: as text, it would be part of what a control that holds it seems to be called.
      data-initials={initialsOf(name)}
      className={classNames(
        'before:content-[attr(data-initials)]',
        'inline-flex shrink-0 items-center justify-center bg-pressed font-semibold text-ink-muted select-none',
        sizes[size],
        isSquare ? 'rounded-sm' : 'rounded-full',
      )}
    />
  );
}
