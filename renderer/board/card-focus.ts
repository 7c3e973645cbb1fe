import type { KeyboardEvent } from 'react';

const arrows: Readonly<Record<string, readonly [columns: number, cards: number]>> = {
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
};

/** Arrow keys move the focus between cards: up and down in a column, left and right to the next one that has any. */
export function moveCardFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = arrows[event.key];
  if (!step || event.defaultPrevented || !(event.target instanceof HTMLElement)) return;
  if (!event.target.matches('[data-card]')) return;
  const columns = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('[data-stage]'))
    .map((column) => Array.from(column.querySelectorAll<HTMLElement>('[data-card]')))
    .filter((cards) => cards.length > 0);
  const { target } = event;
  const column = columns.findIndex((cards) => cards.includes(target));
  const place = columns[column]?.indexOf(target) ?? 0;
  const cards = columns[column + step[0]];
  const next = cards?.[Math.min(Math.max(0, place + step[1]), cards.length - 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
