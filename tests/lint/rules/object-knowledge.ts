/**
 * What is peculiar to one object stands in its own room. Elsewhere no code asks which object it has, and no map or list
 * names several: the next object would be missing there, and nothing would say so.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { RuleTester } from 'oxlint/plugins-dev';
import { isIn, isTest, layerOf } from './paths.ts';

type Visitor = ReturnType<NonNullable<Parameters<RuleTester['run']>[1]['create']>>;
type Node = Parameters<NonNullable<Visitor['TSTypeReference']>>[0]['parent'];

const ROOMS_OF_OBJECTS = ['core/objects', 'renderer/objects', 'shared/objects'];
const JUDGED_LAYERS = ['core', 'db', 'electron', 'loopback', 'renderer', 'shared'];
/** The types whose values are objects. */
const TYPES_OF_OBJECTS = ['ObjectName', 'ImportObject', 'RecordObject', 'ReferenceTarget'];

/** Files that still know an object; nothing may be added. The lint asks that each still does. */
export const STILL_KNOWING: readonly string[] = [
  'core/data/reference.ts',
  'core/demo/rows.ts',
  'core/records/operands.ts',
  'core/timeline/activity-links.ts',
];

/** Read once for a project: the folders of `core/objects`. */
const objects = new Map<string, ReadonlySet<string>>();

function objectsOf(root: string): ReadonlySet<string> {
  const known = objects.get(root);
  if (known) return known;
  const entries = readdirSync(path.join(root, 'core/objects'), { withFileTypes: true });
  const names = new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
  objects.set(root, names);
  return names;
}

const branch = `No branch for one object outside its room: ask its definition or its module instead.`;
const map = `No map by object outside the rooms of objects: let each object's module say it.`;
const list = `No list of objects outside their rooms: take it from the catalogue.`;

/** The rule's visitor for one file. `report(node, message)` is called for each violation. */
export function objectKnowledge(
  root: string,
  file: string,
  report: (node: Node, message: string) => void,
): Visitor {
  const isJudged = JUDGED_LAYERS.includes(layerOf(file)) && !isTest(file);
  if (!isJudged || ROOMS_OF_OBJECTS.some((room) => isIn(file, room))) return {};
  const names = objectsOf(root);
  const isListed = STILL_KNOWING.includes(file);
  let hasKnowledge = false;
  const refuse = (node: Node, message: string) => {
    hasKnowledge = true;
    if (!isListed) report(node, message);
  };
  const isObject = (node: Node | null) =>
    node?.type === 'Literal' && typeof node.value === 'string' && names.has(node.value);
  return {
    BinaryExpression(node) {
      if (!/^[!=]==?$/.test(node.operator) || !(isObject(node.left) || isObject(node.right))) return;
      refuse(node, branch);
    },
    SwitchCase(node) {
      if (isObject(node.test)) refuse(node, branch);
    },
    TSTypeReference(node) {
      const [key] = node.typeArguments?.params ?? [];
      if (isNamed(node, ['Record']) && key && isNamed(key, TYPES_OF_OBJECTS)) refuse(node, map);
    },
    ObjectExpression(node) {
      const isOfObject = (property: (typeof node.properties)[number]) =>
        property.type === 'Property' && property.key.type === 'Identifier' && names.has(property.key.name);
      if (hasSeveral(node.properties, isOfObject)) refuse(node, map);
    },
    ArrayExpression(node) {
      if (hasSeveral(node.elements, isObject)) refuse(node, list);
    },
    TSUnionType(node) {
      if (hasSeveral(node.types, (type) => type.type === 'TSLiteralType' && isObject(type.literal)))
        refuse(node, list);
    },
    'Program:exit'(node) {
      if (isListed && !hasKnowledge) {
        report(
          node,
          `Take this file off the list in tests/lint/rules/object-knowledge.ts: it knows no object any more.`,
        );
      }
    },
  };
}

function hasSeveral<T>(items: readonly T[], isOne: (item: T) => boolean): boolean {
  return items.filter(isOne).length > 1;
}

function isNamed(type: Node, names: readonly string[]): boolean {
  if (type.type !== 'TSTypeReference') return false;
  return type.typeName.type === 'Identifier' && names.includes(type.typeName.name);
}
