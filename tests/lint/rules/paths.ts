/** How the rules name files: by their path from the project's root, with slashes. */
import path from 'node:path';

/** The top-level folder that a file is in; empty for a file beside the folders. */
export function layerOf(file: string): string {
  const slash = file.indexOf('/');
  return slash < 0 ? '' : file.slice(0, slash);
}

export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}

/** The file of ours that an import names; undefined for a package. */
export function resolveImport(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return undefined;
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
}

/** Whether a file is what `place` names: the file itself, or a folder that holds it. */
export function isIn(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}
