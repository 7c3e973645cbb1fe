/**
 * The layering rule, as one table. A file's layer is its top-level folder; it may import only the layers its row
 * names, and only the packages that are not reserved for another layer.
 */
import path from 'node:path';

export const MAY_IMPORT = {
  shared: ['shared'],
  db: ['db', 'shared'],
  core: ['core', 'db', 'shared'],
  renderer: ['renderer', 'shared'],
  electron: ['electron', 'core', 'shared'],
  loopback: ['loopback', 'core', 'shared'],
  tests: ['tests', 'shared', 'db', 'core', 'renderer', 'electron', 'loopback', 'resources'],
};

/** Packages that give a layer powers the others must not have. */
const RESERVED_PACKAGES = {
  electron: ['electron', 'tests'],
  '@electric-sql/pglite': ['db', 'tests'],
  '@electric-sql/pglite-pgvector': ['db', 'tests'],
  react: ['renderer', 'tests'],
  'react-dom': ['renderer', 'tests'],
  ws: ['loopback', 'tests'],
};

/** The renderer is sandboxed and `shared` runs in it: neither has Node. */
const NO_NODE = ['renderer', 'shared'];

/**
 * @param {string} file path of the importing file, relative to the project's root
 * @param {string} specifier what it imports
 * @returns {string | undefined} why the import is not allowed
 */
export function layerViolation(file, specifier) {
  const segments = file.split(path.sep).join('/').split('/');
  const layer = segments[0];
  if (segments.length < 2 || !(layer in MAY_IMPORT)) return undefined;
  const isTest = /\.test\.tsx?$/.test(file);

  if (specifier.startsWith('node:')) {
    return NO_NODE.includes(layer) && !isTest
      ? `${layer}/ runs without Node and may not import ${specifier}.`
      : undefined;
  }
  let target;
  if (specifier.startsWith('#')) target = specifier.slice(1).split('/')[0];
  else if (specifier.startsWith('.')) {
    const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(segments.join('/')), specifier));
    target = resolved.split('/')[0];
    // The test programs read the configuration files at the project's root.
    const isRootFile = layer === 'tests' && !resolved.includes('/');
    if (target !== layer && !isRootFile)
      return `Import other layers as #${target}/..., not by a relative path.`;
  } else {
    const name = specifier.startsWith('@')
      ? specifier.split('/').slice(0, 2).join('/')
      : specifier.split('/')[0];
    const allowed = RESERVED_PACKAGES[name];
    return allowed && !allowed.includes(layer) && !isTest
      ? `Only ${allowed[0]}/ imports the package ${name}.`
      : undefined;
  }
  if (target in MAY_IMPORT && !MAY_IMPORT[layer].includes(target) && !(isTest && target === 'tests')) {
    return `${layer}/ may not import ${target}/ (it may import ${MAY_IMPORT[layer].join(', ')}).`;
  }
  return undefined;
}

const layers = {
  meta: { type: 'problem', docs: { description: 'Imports point only downwards through the layers.' } },
  create(context) {
    const root = context.cwd;
    const file = path.relative(root, context.filename);
    const check = (node, source) => {
      if (!source || typeof source.value !== 'string') return;
      const message = layerViolation(file, source.value);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
    };
  },
};

export default { meta: { name: 'satchel' }, rules: { layers } };
