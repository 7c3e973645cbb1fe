import type { Identity } from '#db/engine/types.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { ImportOptions, ImportPlan } from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import type { Application, WorkPace } from '../../context.ts';
import type { Labels } from '../../objects/import-module.ts';
import type { CandidateSet } from './matching/candidates.ts';
import type { ImportPermissions } from './permissions.ts';
import type { CustomField } from './row-parser.ts';

/** What is the same during a whole import. */
export interface ImportContext {
  readonly app: Application;
  readonly identity: Identity;
  readonly plan: ImportPlan;
  readonly options: ImportOptions;
  readonly batchId: ImportBatchId;
  readonly isDryRun: boolean;
  readonly pace: WorkPace;
  /** Where the bytes of a file of the plan lie. */
  readonly pathOf: (id: UploadId) => string;
  /** What the workspace calls the choices of an object's fields. */
  readonly labels: ReadonlyMap<ImportObject, Labels>;
  readonly permissions: ImportPermissions;
  readonly customFields: ReadonlyMap<ImportObject, ReadonlyMap<string, CustomField>>;
  /**
   * A dry run keeps here what it would have made, since nobody else does; empty in a real one, where the database
   * knows everything up to the slice at hand.
   */
  readonly imagined: ReadonlyMap<ImportObject, CandidateSet>;
  /** The columns that records of each object were given a value in so far; statements leave out the others. */
  readonly filledColumns: Map<ImportObject, Set<string>>;
}
