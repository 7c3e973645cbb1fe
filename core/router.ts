import { customFieldsRouter } from './custom-fields/router.ts';
import { eventsRouter } from './events/router.ts';
import { historyRouter } from './history/router.ts';
import { importsRouter } from './import/router.ts';
import { jobsRouter } from './jobs/router.ts';
import { objectRouters } from './objects/router.ts';
import { pipelineRouter } from './pipeline/router.ts';
import { procedures } from './procedures.ts';
import { reportsRouter } from './reports/router.ts';
import { searchRouter } from './search/router.ts';
import { storageRouter } from './storage/router.ts';
import { timelineRouter } from './timeline/router.ts';
import { uploadsRouter } from './uploads/router.ts';
import { viewsRouter } from './views/router.ts';
import { workspaceRouter } from './workspace/router.ts';

/** The contract's implementation, assembled from the folder of each capability. Does not compile while one is missing. */
export const router = procedures.router({
  ...objectRouters,
  pipeline: pipelineRouter,
  timeline: timelineRouter,
  history: historyRouter,
  workspace: workspaceRouter,
  events: eventsRouter,
  customFields: customFieldsRouter,
  views: viewsRouter,
  search: searchRouter,
  reports: reportsRouter,
  jobs: jobsRouter,
  uploads: uploadsRouter,
  imports: importsRouter,
  storage: storageRouter,
});
