import { expect, test } from 'vitest';
import { stageChoices } from './stages.ts';

test('stages are known under the names of other systems and the workspace’s own', () => {
  const stageOf = (text: string, labels = new Map<string, string>()) => stageChoices(labels).read(text)?.to;
  expect(stageOf('Won')).toBe('closed_won');
  expect(stageOf('Closed Lost')).toBe('closed_lost');
  expect(stageOf('Engaging')).toBe('qualification');
  expect(stageOf('Heiß', new Map([['negotiation', 'Heiß']]))).toBe('negotiation');
  expect(stageOf('Somewhere')).toBeUndefined();
});
