/**
 * A capability of core has a face: the few files that others import. A shell reaches core by faces alone, and so do
 * the capabilities one another.
 */
import { isIn, isTest, layerOf, resolveImport } from './paths.ts';

/** By capability the files that it shows, beside its `router.ts` for the router of core. */
export const FACES: Readonly<Record<string, readonly string[]>> = {
  'core/custom-fields': [],
  'core/demo': ['fill.ts', 'demo-setting.ts'],
  'core/events': [],
  'core/import': ['run/jobs.ts'],
  'core/jobs': [],
  'core/pipeline': [],
  'core/reports': ['report-refresh.ts'],
  'core/search': [],
  'core/storage': ['inspect.ts', 'restore.ts', 'storage-of.ts'],
  'core/timeline': ['partition-upkeep.ts'],
  'core/uploads': ['upload-local-file.ts', 'upload-paths.ts', 'uploads.ts'],
  'core/views': [],
  'core/workspace': ['create.ts', 'identity.ts', 'status.ts'],
};

/** What a shell may import of core beside the faces of capabilities. */
const FOR_SHELLS = [
  'core/platform/host',
  'core/platform/sql/read-rows.ts',
  'core/application.ts',
  'core/context.ts',
];
const SHELLS = ['electron', 'loopback'];

/** Imports past a face that are still to be mended; nothing may be added. A test asks that each is still there. */
export const STILL_PAST_A_FACE: readonly { from: string; to: string }[] = [
  { from: 'loopback/cli/import.ts', to: 'core/import/plan/dictionaries.ts' },
  { from: 'loopback/cli/import.ts', to: 'core/import/plan/inspect.ts' },
  { from: 'loopback/cli/import.ts', to: 'core/import/plan/questions.ts' },
  { from: 'loopback/cli/import.ts', to: 'core/import/plan/value-columns.ts' },
  { from: 'loopback/cli/import.ts', to: 'core/import/run/make-context.ts' },
  { from: 'loopback/cli/imports.ts', to: 'core/import/batches/list-batches.ts' },
  { from: 'loopback/cli/imports.ts', to: 'core/import/revert/foresee.ts' },
  { from: 'loopback/cli/imports.ts', to: 'core/import/revert/revert.ts' },
  { from: 'loopback/cli/near-names.ts', to: 'core/import/plan/preview.ts' },
];

/** Why the import is not allowed. */
export function faceViolation(file: string, specifier: string): string | undefined {
  const target = resolveImport(file, specifier);
  const layer = layerOf(file);
  const isFromShell = SHELLS.includes(layer);
  if (target === undefined || layerOf(target) !== 'core' || !(isFromShell || layer === 'core'))
    return undefined;
  if (isTest(file)) return undefined;
  if (STILL_PAST_A_FACE.some(({ from, to }) => from === file && to === target)) return undefined;
  const [capability, face] = Object.entries(FACES).find(([name]) => isIn(target, name)) ?? [];
  if (!capability || !face) {
    return isFromShell && !FOR_SHELLS.some((place) => isIn(target, place))
      ? `${layer}/ may not import ${target}: it reaches core by the contract, or by what tests/lint/rules/faces.ts names.`
      : undefined;
  }
  if (isIn(file, capability)) return undefined;
  const shown = file === 'core/router.ts' ? [...face, 'router.ts'] : face;
  return shown.some((name) => target === `${capability}/${name}`)
    ? undefined
    : `${target} is inside ${capability}, whose face is ${shown.join(', ') || 'its router alone'} (tests/lint/rules/faces.ts).`;
}
