import { describe, expect, it } from 'vitest';
import { searchWords } from './search-words.ts';

describe('what a person typed', () => {
  it.each([
    ['Ada Lovelace', ['Ada', 'Lovelace']],
    ['  ada\u00a0\tlove ', ['ada', 'love']],
    ['ada@example.com', ['ada@example.com']],
    ['a\u0000b', ['ab']],
  ])('%j becomes words', (text, words) => {
    expect(searchWords(text)).toEqual({ words });
  });

  it.each([
    ['+49 30 123456', '30123456'],
    ['0049 30 123456', '30123456'],
    ['030 / 12-34-56', '30123456'],
    ['(030) 123456', '30123456'],
    ['+1 (415) 555-0132', '4155550132'],
    ['415.555.0132', '4155550132'],
    ['555', '555'],
    ['030\u2013123\u201156', '3012356'],
    ['\u202a+49 30 123456\u202c', '30123456'],
    ['０３０ １２３４５６', '30123456'],
    ['٠٣٠ ١٢٣٤٥٦', '30123456'],
  ])('%j becomes the digits that every way of writing the number contains', (text, digits) => {
    expect(searchWords(text).phoneDigits).toBe(digits);
  });

  it.each(['12', '2024-Q1', 'Room 12'])('%j is no phone number', (text) => {
    expect(searchWords(text).phoneDigits).toBeUndefined();
  });
});
