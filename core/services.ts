import type { Application } from './context.ts';
import { ImportJobs } from './import/run/jobs.ts';
import { JobQueue } from './platform/services/job-queue.ts';
import { RunningWorks } from './platform/services/running-work.ts';
import { ServiceRunner } from './platform/services/service.ts';
import { ReportRefresh } from './reports/report-refresh.ts';
import { partitionUpkeep } from './timeline/partition-upkeep.ts';

/** What works in the background of one open workspace. */
export interface Services {
  readonly runner: ServiceRunner;
  readonly jobs: JobQueue;
  readonly works: RunningWorks;
  readonly imports: ImportJobs;
  readonly reports: ReportRefresh;
}

/** Nothing of them runs before the runner starts. */
export function servicesOf(app: Application): Services {
  const { engine, log } = app;
  const runner = new ServiceRunner(log);
  const jobs = new JobQueue(app);
  const reports = new ReportRefresh(engine);
  runner.register(partitionUpkeep(engine));
  runner.register(reports);
  // Last, so that whatever a job needs runs before it and ends after it.
  runner.register(jobs);
  const works = new RunningWorks();
  return { runner, jobs, works, imports: new ImportJobs(works), reports };
}
