import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { Tx } from '#db/engine/types.ts';
import { nullable, returning, uuid } from '#db/row.ts';

const pairSchema = z.object({
  childId: z.guid(),
  name: z.string(),
  by: z.enum(['name', 'source_id']),
  onMissing: z.enum(['create', 'reject', 'leave_empty']),
  column: z.int(),
  line: z.int(),
  file: z.int(),
});
/** A parent to be set, as it waits in the list of links. `file` is the position of its file in the plan. */
export type WaitingLink = z.infer<typeof pairSchema>;

const readBytes = 32 * 1024;

/** A piece of the list, from `offset` on, ending with a whole line. */
export async function readWaitingLinks(
  path: string,
  offset: number,
  end: number,
): Promise<{ links: WaitingLink[]; bytes: number }> {
  await using file = await open(path, 'r');
  const size = Math.min(readBytes, end - offset);
  const buffer = Buffer.alloc(size);
  const { bytesRead } = await file.read(buffer, 0, size, offset);
  const lastBreak = buffer.subarray(0, bytesRead).lastIndexOf(10);
  const text = buffer.subarray(0, lastBreak + 1).toString('utf8');
  const links = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => pairSchema.parse(JSON.parse(line)));
  return { links, bytes: lastBreak + 1 };
}

/** The column that names the parents. Both are ours, never input. */
export interface ParentColumn {
  readonly table: string;
  readonly column: string;
}

export interface Parent {
  readonly childId: string;
  readonly parentId: string;
}

/**
 * Of links to parents, those that close no circle, one after another as they stand in the file; the rest comes back in
 * `circular`. Records that have parents already are followed upwards in the database, and in `imagined`: the parents that
 * a dry run would have set.
 */
export async function withoutCircles(
  tx: Tx,
  workspaceId: string,
  { table, column }: ParentColumn,
  links: readonly Parent[],
  imagined: ReadonlyMap<string, string>,
): Promise<{ parents: Map<string, string>; circular: Parent[] }> {
  const known = new Map<string, string | null>();
  let frontier = [...new Set(links.map(({ parentId }) => parentId))];
  while (frontier.length > 0) {
    const rows = await tx.rows(
      returning({ id: uuid, parent: nullable(uuid) }),
      `SELECT id, ${column} AS parent FROM ${table} WHERE workspace_id = $1 AND id = ANY ($2::uuid[])`,
      [workspaceId, frontier],
    );
    for (const { id, parent } of rows) known.set(id, parent);
    for (const id of frontier) {
      const parent = imagined.get(id);
      if (parent !== undefined) known.set(id, parent);
    }
    const parents = frontier.flatMap((id) => known.get(id) ?? []);
    frontier = [...new Set(parents)].filter((id) => !known.has(id));
  }
  const parents = new Map<string, string>();
  const circular: Parent[] = [];
  for (const link of links) {
    if (leadsTo(link.parentId, link.childId, parents, known)) circular.push(link);
    else parents.set(link.childId, link.parentId);
  }
  return { parents, circular };
}

function leadsTo(
  from: string,
  to: string,
  parents: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, string | null>,
): boolean {
  const seen = new Set<string>();
  for (
    let at: string | null = from;
    at !== null && !seen.has(at);
    at = parents.get(at) ?? known.get(at) ?? null
  ) {
    if (at === to) return true;
    seen.add(at);
  }
  return false;
}
