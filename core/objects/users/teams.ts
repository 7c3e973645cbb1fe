import type { Tx } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import { fold } from '#shared/text/fold.ts';
import { insertRows, type WrittenTable } from '../../records/write-rows.ts';
import type { BatchFacts, Companion, RowInHand, Values } from '../import-module.ts';

interface Team {
  readonly id: string;
  readonly name: string;
  readonly region: string | null;
  readonly managerId: string | null;
}

const teams: WrittenTable = {
  name: 'teams',
  fields: [
    { key: 'name', column: 'name', sqlType: 'text' },
    { key: 'region', column: 'region', sqlType: 'text' },
    { key: 'managerId', column: 'manager_id', sqlType: 'uuid' },
  ],
};

/**
 * The workspace's teams, few enough to be kept in memory. A row of users that names a manager puts its user in the team
 * of that manager; the team is called after the manager where the file has no name for it.
 */
export class Teams implements Companion {
  readonly #facts: BatchFacts;
  #teams: Team[] = [];
  #made: Team[] = [];

  constructor(facts: BatchFacts) {
    this.#facts = facts;
  }

  async load(tx: Tx): Promise<void> {
    this.#teams = await tx.rows(
      returning({
        id: 'teams.id',
        name: 'teams.name',
        region: 'teams.region',
        managerId: 'teams.manager_id',
      }),
      `SELECT id, name, region, manager_id AS "managerId" FROM teams
       WHERE workspace_id = $1 AND deleted_at IS NULL ORDER BY created_at, id`,
      [this.#facts.identity.workspaceId],
    );
  }

  /** Replaces team, manager and region of a row by the ids of team and manager, making both where they are missing. */
  place(values: Values, row: RowInHand): void {
    const managerName = values['managerName'] ?? null;
    const teamName = values['teamName'] ?? null;
    const region = values['region'] ?? null;
    const own = values['fullName'] ?? [values['firstName'], values['lastName']].filter(Boolean).join(' ');
    let managerId: string | null = null;
    if (managerName !== null && fold(managerName) !== fold(own)) {
      managerId =
        row.find('users', managerName) ?? row.make('users', managerName, { sideEffect: 'managers' });
    }
    if (managerId !== null) values['managerId'] = managerId;
    if (managerName === null && teamName === null && region === null) return;
    const name = teamName ?? (managerName === null ? region : `${managerName}’s team`);
    if (name === null) return;
    const known = [...this.#teams, ...this.#made].find(
      (team) =>
        fold(team.name) === fold(name) && (region === null || team.region === null || team.region === region),
    );
    const team = known ?? { id: this.#facts.ids.next(), name, region, managerId };
    if (!known) {
      this.#made.push(team);
      row.made('teams');
    }
    values['teamId'] = team.id;
  }

  /** Managers are written before. */
  async write(tx: Tx): Promise<void> {
    if (this.#made.length === 0) return;
    const { identity, batchId } = this.#facts;
    const rows = this.#made.map(({ managerId, ...row }) => ({ ...row, manager_id: managerId }));
    await insertRows(tx, teams, identity, rows, new Set(teams.fields.map(({ column }) => column)), batchId);
  }

  commit(): void {
    this.#teams.push(...this.#made);
    this.#made = [];
  }

  rollback(): void {
    this.#made = [];
  }
}
