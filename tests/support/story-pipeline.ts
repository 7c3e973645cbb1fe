import { createHash } from 'node:crypto';
import type { StoryPipeline } from '#core/demo/deal-rows.ts';
import type { OpportunityStage } from '#shared/enums.ts';

/** The pipeline that every new workspace begins with, by the ids that `satchel.seeded_id` gives it. */
export function seededPipeline(workspaceId: string): StoryPipeline {
  const id = (name: string) =>
    createHash('md5')
      .update(`${workspaceId}:${name}`)
      .digest('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');
  const stage = (kind: OpportunityStage) => id(`pipeline_stage:${kind}`);
  return {
    id: id('pipeline'),
    stageIds: {
      prospecting: stage('prospecting'),
      qualification: stage('qualification'),
      needs_analysis: stage('needs_analysis'),
      value_proposition: stage('value_proposition'),
      proposal: stage('proposal'),
      negotiation: stage('negotiation'),
      closed_won: stage('closed_won'),
      closed_lost: stage('closed_lost'),
    },
  };
}
