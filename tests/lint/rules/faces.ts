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
  'core/storage': ['storage.ts', 'storage-of.ts'],
  'core/timeline': ['partition-upkeep.ts'],
  'core/uploads': ['upload-local-file.ts', 'upload-paths.ts', 'uploads.ts'],
  'core/views': [],
  'core/workspace': ['identity.ts'],
};

/** What a shell may import of core beside the faces of capabilities. */
const FOR_SHELLS = [
  'core/platform/host',
  'core/platform/ports.ts',
  'core/platform/sql/read-rows.ts',
  'core/application.ts',
  'core/client.ts',
  'core/context.ts',
];
const SHELLS = ['electron', 'loopback'];

/** Why the import is not allowed. */
export function faceViolation(file: string, specifier: string): string | undefined {
  const target = resolveImport(file, specifier);
  const layer = layerOf(file);
  const isFromShell = SHELLS.includes(layer);
  if (target === undefined || layerOf(target) !== 'core' || !(isFromShell || layer === 'core'))
    return undefined;
  if (isTest(file)) return undefined;
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
