/** How the rules name files: by their path from the project's root, with slashes. */
import path from 'node:path';

/** The top-level folder that a file is in; undefined for a file beside the folders. */
export function layerOf(file) {
  const slash = file.indexOf('/');
  return slash < 0 ? undefined : file.slice(0, slash);
}

export function isTest(file) {
  return /\.test\.tsx?$/.test(file);
}

/** The file of ours that an import names; undefined for a package. */
export function resolveImport(file, specifier) {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return undefined;
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
}

/** Whether a file is what `place` names: the file itself, or a folder that holds it. */
export function isIn(file, place) {
  return file === place || file.startsWith(`${place}/`);
}
