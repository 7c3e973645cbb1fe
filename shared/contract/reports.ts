import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { timestampSchema } from '../values.ts';

/** The figures that are computed ahead, since they go through every record. */
export const reportSchema = z.enum([
  'pipeline_by_stage',
  'sales_dashboard_view',
  'stage_conversion',
  'lead_conversion',
  'activity_by_month',
  'forecast_by_month',
]);
export type Report = z.infer<typeof reportSchema>;

export const reportAgeSchema = z.object({ report: reportSchema, refreshedAt: timestampSchema });
export type ReportAge = z.infer<typeof reportAgeSchema>;

export const reportsContract = {
  /**
   * For as long as somebody listens, the reports are refreshed in the pauses after a change; at no other time. Tells of what
   * moment the figures are, at the beginning and after each refresh. Ends only when the caller leaves.
   */
  watch: oc
    .input(z.object({ reports: z.array(reportSchema).min(1).max(reportSchema.options.length) }))
    .output(eventIterator(z.array(reportAgeSchema))),
};
