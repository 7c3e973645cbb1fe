/**
 * No circle of files, imports of types included: oxlint's own `no-cycle` passes over those, and a type that two files
 * borrow of one another belongs below both.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { MAY_IMPORT } from './layers.ts';
import { resolveImport } from './paths.ts';

type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/** Read once in a run of the linter, which shows a rule one file at a time. */
const graphs = new Map<string, Imports>();

/** Why the import is not allowed. */
export function circleViolation(file: string, specifier: string, root: string): string | undefined {
  const target = resolveImport(file, specifier);
  if (target === undefined) return undefined;
  const way = wayBack(importsOf(root), target, file);
  return way && `These files import each other in a circle: ${[file, ...way].join(' → ')}.`;
}

/** The shortest chain of imports from one file to another, both named. */
function wayBack(imports: Imports, from: string, to: string): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const file of cameFrom.keys()) {
    if (file === to) return chain(cameFrom, to);
    for (const next of imports.get(file) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, file);
  }
  return undefined;
}

function chain(cameFrom: ReadonlyMap<string, string | undefined>, end: string): string[] {
  const files: string[] = [];
  for (let file: string | undefined = end; file !== undefined; file = cameFrom.get(file)) files.unshift(file);
  return files;
}

/** What each file imports of ours, by its path from the root. */
export function importsOf(root: string): Imports {
  const known = graphs.get(root);
  if (known) return known;
  const imports = new Map(sources(root).map((file) => [file, importedBy(root, file)]));
  graphs.set(root, imports);
  return imports;
}

function sources(root: string): string[] {
  const layers = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name in MAY_IMPORT,
  );
  return layers.flatMap(({ name }) =>
    readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' })
      .map((file) => `${name}/${file.split(path.sep).join('/')}`)
      .filter((file) => /\.[jt]sx?$/.test(file)),
  );
}

function importedBy(root: string, file: string): ReadonlySet<string> {
  const text = readFileSync(path.join(root, file), 'utf8');
  const { staticImports, staticExports, dynamicImports } = parseSync(file, text).module;
  const specifiers = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value ?? '')),
    ...dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1)),
  ];
  return new Set(specifiers.flatMap((specifier) => resolveImport(file, specifier) ?? []));
}
