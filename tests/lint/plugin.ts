/** Satchel's own rules for oxlint; `rules/` holds a file and a table for each. */
import path from 'node:path';
import type { RuleTester } from 'oxlint/plugins-dev';
import { circleViolation } from './rules/circles.ts';
import { claimViolation } from './rules/declared-rows.ts';
import { faceViolation } from './rules/faces.ts';
import { layerViolation } from './rules/layers.ts';
import { objectKnowledge } from './rules/object-knowledge.ts';
import { roomViolation } from './rules/rooms.ts';

type Rule = Parameters<RuleTester['run']>[1];
type Create = NonNullable<Rule['create']>;
type Context = Parameters<Create>[0];
type Visitor = ReturnType<Create>;
type Importing = 'ImportDeclaration' | 'ExportNamedDeclaration' | 'ExportAllDeclaration' | 'ImportExpression';
type ImportingNode = Parameters<NonNullable<Visitor[Importing]>>[0];

/** Says why an import is not allowed. Files are named by their path from the project's root. */
type JudgeImport = (file: string, specifier: string, root: string) => string | undefined;

function rule(description: string, create: Create): Rule {
  return { meta: { type: 'problem', docs: { description } }, create };
}

function importRule(description: string, judge: JudgeImport): Rule {
  return rule(description, (context) => {
    const file = fileOf(context);
    const check = (node: ImportingNode) => {
      if (!node.source || !('value' in node.source) || typeof node.source.value !== 'string') return;
      const message = judge(file, node.source.value, context.cwd);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  });
}

function fileOf({ cwd, filename }: Context): string {
  return path.relative(cwd, filename).split(path.sep).join('/');
}

export default {
  meta: { name: 'satchel' },
  rules: {
    layers: importRule('Imports point only downwards through the layers.', layerViolation),
    rooms: importRule('Inside a layer imports point only downwards through its rooms.', roomViolation),
    faces: importRule('Others import only the face of a capability.', faceViolation),
    circles: importRule('No files import each other in a circle, types included.', circleViolation),
    'declared-rows': rule('A statement of core declares the row that it returns.', (context) => ({
      CallExpression(node) {
        if (!node.typeArguments) return;
        const { callee } = node;
        const name = callee.type === 'MemberExpression' ? callee.property : callee;
        if (name.type !== 'Identifier') return;
        const message = claimViolation(fileOf(context), name.name);
        if (message) context.report({ node, message });
      },
    })),
    'object-knowledge': rule('What is peculiar to one object stands in its own room.', (context) =>
      objectKnowledge(context.cwd, fileOf(context), (node, message) => context.report({ node, message })),
    ),
  },
};
