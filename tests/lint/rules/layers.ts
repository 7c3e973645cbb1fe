/**
 * The layering rule, as one table. A file's layer is its top-level folder; it may import only the layers its row
 * names, and only the packages that are not reserved for another layer.
 */
import { isTest, layerOf, resolveImport } from './paths.ts';

export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared'],
  db: ['db', 'shared'],
  core: ['core', 'db', 'shared'],
  renderer: ['renderer', 'shared'],
  electron: ['electron', 'core', 'shared'],
  loopback: ['loopback', 'core', 'shared'],
  tests: ['tests', 'shared', 'db', 'core', 'renderer', 'electron', 'loopback', 'resources'],
};

/** Packages that give a layer powers the others must not have. */
const RESERVED_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  electron: ['electron', 'tests'],
  '@electric-sql/pglite': ['db', 'tests'],
  '@electric-sql/pglite-pgvector': ['db', 'tests'],
  react: ['renderer', 'tests'],
  'react-dom': ['renderer', 'tests'],
  ws: ['loopback', 'tests'],
};

/** The renderer is sandboxed and `shared` runs in it: neither has Node. */
const NO_NODE = ['renderer', 'shared'];

/** Why the import is not allowed. */
export function layerViolation(file: string, specifier: string): string | undefined {
  const layer = layerOf(file);
  const mayImport = MAY_IMPORT[layer];
  if (!mayImport) return undefined;
  if (specifier.startsWith('node:')) {
    return NO_NODE.includes(layer) && !isTest(file)
      ? `${layer}/ runs without Node and may not import ${specifier}.`
      : undefined;
  }
  const resolved = resolveImport(file, specifier);
  if (resolved === undefined) return packageViolation(file, layer, specifier);
  const target = layerOf(resolved);
  if (specifier.startsWith('#') && target === layer) {
    return `Import ${layer}/ from inside it by a relative path, not as ${specifier}.`;
  }
  // The test programs read the configuration files at the project's root.
  const isRootFile = layer === 'tests' && target === '';
  if (specifier.startsWith('.') && target !== layer && !isRootFile) {
    return `Import other layers as #${resolved.split('/')[0]}/..., not by a relative path.`;
  }
  if (target in MAY_IMPORT && !mayImport.includes(target) && !(isTest(file) && target === 'tests')) {
    return `${layer}/ may not import ${target}/ (it may import ${mayImport.join(', ')}).`;
  }
  return undefined;
}

function packageViolation(file: string, layer: string, specifier: string): string | undefined {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const allowed = RESERVED_PACKAGES[name];
  return allowed && !allowed.includes(layer) && !isTest(file)
    ? `Only ${allowed[0]}/ imports the package ${name}.`
    : undefined;
}
