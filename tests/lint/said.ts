import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { terms } from '#shared/message.ts';
import { definitionOf, objectNames } from '#shared/objects/objects.ts';

/** Layers whose messages cross the contract or are said by the interface; the command line is in English. */
const layers = ['core', 'db', 'shared', 'renderer'];

/** The templates of every say`...` and ask`...` in the sources, and the terms. */
export async function saidTemplates(root: string): Promise<string[]> {
  const found = new Set<string>([
    ...terms,
    ...objectNames,
    ...objectNames.map((name) => definitionOf(name).singular),
  ]);
  for (const layer of layers) {
    for (const name of await readdir(join(root, layer), { recursive: true })) {
      if (!/\.tsx?$/u.test(name) || /\.test\.tsx?$/u.test(name)) continue;
      for (const template of templatesIn(await readFile(join(root, layer, name), 'utf8')))
        found.add(template);
    }
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

export function templatesIn(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, '');
  return Array.from(code.matchAll(/\b(?:say|ask)`/gu), ({ index, 0: { length } }) =>
    templateAt(code, index + length),
  );
}

/** The template whose text begins at a place in the source: `${...}` become `{{0}}`, `{{1}}`. */
function templateAt(source: string, start: number): string {
  let template = '';
  let values = 0;
  for (let at = start; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if (character === '`') return template;
    if (character === '\\') {
      at += 1;
      template += source[at] === 'n' ? '\n' : (source[at] ?? '');
    } else if (character === '$' && source[at + 1] === '{') {
      template += `{{${values}}}`;
      values += 1;
      at = endOfExpression(source, at + 2);
    } else {
      template += character;
    }
  }
  throw new Error(`A template that begins at ${start} does not end.`);
}

/** Where the brace closes that was opened before `start`; templates inside may hold braces of their own. */
function endOfExpression(source: string, start: number): number {
  let depth = 1;
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '{') depth += 1;
    if (source[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`An expression that begins at ${start} does not end.`);
}
