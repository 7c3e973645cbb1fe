/** Satchel's own rules for oxlint. Each one judges an import by the two files; `rules/` holds a file and a table for each. */
import path from 'node:path';
import { circleViolation } from './rules/circles.js';
import { layerViolation } from './rules/layers.js';

/** A rule that judges each import. `judge(root, file, specifier)` says why it is not allowed. */
function importRule(description, judge) {
  return {
    meta: { type: 'problem', docs: { description } },
    create(context) {
      const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
      const check = (node) => {
        const { source } = node;
        if (!source || typeof source.value !== 'string') return;
        const message = judge(context.cwd, file, source.value);
        if (message) context.report({ node, message });
      };
      return {
        ImportDeclaration: check,
        ExportNamedDeclaration: check,
        ExportAllDeclaration: check,
        ImportExpression: check,
      };
    },
  };
}

export default {
  meta: { name: 'satchel' },
  rules: {
    layers: importRule('Imports point only downwards through the layers.', (_, file, specifier) =>
      layerViolation(file, specifier),
    ),
    circles: importRule('No files import each other in a circle, types included.', circleViolation),
  },
};
