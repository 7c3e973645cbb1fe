import type { Chance } from './chance.ts';
import { type CatalogueItem, catalogue } from './companies/catalogue.ts';
import { cultures } from './people/cultures.ts';
import { mailbox, namePerson } from './people/person.ts';
import { RowCollector, type RowGroup } from './rows.ts';

/** A member of the example firm's sales force. */
export interface Rep {
  readonly id: string;
  readonly firstName: string;
  readonly fullName: string;
}

export interface Product extends CatalogueItem {
  readonly id: string;
}

/** The example firm itself: its people in teams and what it sells. */
export interface Firm {
  readonly reps: readonly Rep[];
  readonly products: readonly Product[];
  /** Its rows, to be loaded before all others. */
  readonly rows: RowGroup;
}

const regions = [
  'Central Europe',
  'North America',
  'Western Europe',
  'Asia Pacific',
  'Middle East & Africa',
  'Latin America',
];
const firmDomain = 'northlight-instruments.example';

/** `headcount` sales people in teams of six under a manager each; whoever fills the workspace sells as well. */
export function foundFirm(
  chance: Chance,
  options: { headcount: number; currency: string; founder: Rep; foundedAt: number },
): Firm {
  const rows = new RowCollector();
  const moment = new Date(options.foundedAt).toISOString();
  const times = { created_at: moment, updated_at: moment };
  const taken = new Set<string>();
  const reps: Rep[] = [options.founder];

  function hire(title: string, teamId: string, managerId: string | null): string {
    const name = namePerson(chance, chance.weighted(cultures));
    const rep: Rep = {
      id: chance.idAt(options.foundedAt),
      firstName: name.firstName,
      fullName: `${name.firstName} ${name.lastName}`,
    };
    rows.add('users', {
      id: rep.id,
      email: `${mailbox(name, 'first.last', taken)}@${firmDomain}`,
      full_name: rep.fullName,
      first_name: name.firstName,
      last_name: name.lastName,
      title,
      team_id: teamId,
      manager_id: managerId,
      ...times,
    });
    reps.push(rep);
    return rep.id;
  }

  const teams = Math.max(1, Math.round(options.headcount / 7));
  for (let team = 0; team < teams; team++) {
    const teamId = chance.idAt(options.foundedAt);
    const region = regions[team % regions.length] ?? 'World';
    const number = Math.floor(team / regions.length) + 1;
    // A team names its manager, who is one of the team: `load.ts` adds the name when both rows are there.
    rows.add('teams', { id: teamId, name: number === 1 ? region : `${region} ${number}`, region, ...times });
    const managerId = hire('Sales Manager', teamId, null);
    const members = Math.max(1, Math.round(options.headcount / teams) - 1);
    for (let member = 0; member < members; member++) {
      hire(chance.pick(['Account Executive', 'Senior Account Executive', 'Field Sales']), teamId, managerId);
    }
  }

  const products = catalogue.map((item) => ({ ...item, id: chance.idAt(options.foundedAt) }));
  for (const product of products) {
    rows.add('products', {
      id: product.id,
      name: product.name,
      sku: product.sku,
      series: product.series,
      description: product.description,
      unit_price: product.unitPrice,
      currency: options.currency,
      is_active: product.isActive,
      ...times,
    });
  }
  return { reps, products, rows: rows.rows };
}
