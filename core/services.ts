import type { Application } from './context.ts';
import { ServiceRunner } from './platform/services/service.ts';
import { ReportRefresh } from './reports/report-refresh.ts';
import { partitionUpkeep } from './timeline/partition-upkeep.ts';

/** What works in the background of one open workspace. */
export interface Services {
  readonly runner: ServiceRunner;
  readonly reports: ReportRefresh;
}

/** Nothing of them runs before the runner starts. */
export function servicesOf(app: Application): Services {
  const { engine, log } = app;
  const runner = new ServiceRunner(log);
  const reports = new ReportRefresh(engine);
  runner.register(partitionUpkeep(engine));
  runner.register(reports);
  return { runner, reports };
}
