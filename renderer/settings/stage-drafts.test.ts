import { describe, expect, test } from 'vitest';
import type { OpportunityStage } from '#shared/enums.ts';
import { draftOf, readDrafts, type StageDraft } from './stage-drafts.ts';

const nameOf = (stage: OpportunityStage) => (stage === 'proposal' ? 'Proposal' : stage);
const draft = (stage: OpportunityStage, values: Partial<StageDraft> = {}): StageDraft => ({
  stage,
  label: '',
  percent: '50',
  isHidden: false,
  ...values,
});

describe('the stages as typed', () => {
  test('are saved as ratios, and under the built-in name where none or the same was typed', () => {
    const read = readDrafts(
      [
        draft('proposal', { percent: '33.333' }),
        draft('negotiation', { label: ' Haggling ', percent: '80 ' }),
      ],
      nameOf,
    );
    expect(read).toEqual({
      ok: true,
      stages: [
        { stage: 'proposal', label: null, isHidden: false, probability: '0.3333' },
        { stage: 'negotiation', label: 'Haggling', isHidden: false, probability: '0.8' },
      ],
    });
    expect(readDrafts([draft('proposal', { label: 'Proposal' })], nameOf)).toMatchObject({
      stages: [{ label: null }],
    });
    const back = draftOf({
      stage: 'proposal',
      label: null,
      position: 1,
      isHidden: false,
      probability: '0.4500',
    });
    expect(back).toMatchObject({ label: '', percent: '45' });
  });

  test('name the first stage that cannot be', () => {
    const wrong = (drafts: StageDraft[]) => readDrafts(drafts, nameOf);
    expect(wrong([draft('proposal'), draft('negotiation', { label: 'proposal' })])).toEqual({
      ok: false,
      wrong: { stage: 'negotiation', reason: 'name' },
    });
    for (const percent of ['', 'many', '101', '-1']) {
      expect(wrong([draft('proposal', { percent })])).toMatchObject({ wrong: { reason: 'probability' } });
    }
    expect(wrong([draft('proposal', { isHidden: true }), draft('closed_won')])).toMatchObject({
      wrong: { reason: 'allHidden' },
    });
  });
});
