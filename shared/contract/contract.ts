import type { ContractRouterClient } from '@orpc/contract';
import { customFieldsContract } from './custom-fields.ts';
import { eventsContract } from './events.ts';
import { historyContract } from './history.ts';
import { importsContract } from './imports.ts';
import { jobsContract } from './jobs.ts';
import { pipelineContract } from './pipeline.ts';
import { recordsContract } from './records.ts';
import { reportsContract } from './reports.ts';
import { searchContract } from './search.ts';
import { storageContract } from './storage.ts';
import { timelineContract } from './timeline.ts';
import { uploadsContract } from './uploads.ts';
import { viewsContract } from './views.ts';
import { workspaceContract } from './workspace.ts';

/**
 * Everything the interface and the command line can ask of the application. `core` implements it, both shells carry
 * it, and the client's type is derived from it: renaming a procedure is a compile error on every side.
 */
export const contract = {
  ...recordsContract,
  pipeline: pipelineContract,
  timeline: timelineContract,
  history: historyContract,
  workspace: workspaceContract,
  customFields: customFieldsContract,
  views: viewsContract,
  search: searchContract,
  reports: reportsContract,
  jobs: jobsContract,
  uploads: uploadsContract,
  imports: importsContract,
  storage: storageContract,
  events: eventsContract,
};

export type Contract = typeof contract;
export type ContractClient = ContractRouterClient<Contract>;
