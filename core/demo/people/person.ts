import type { Chance } from '../chance.ts';
import type { Culture } from './culture.ts';

export interface PersonName {
  readonly salutation: string;
  readonly firstName: string;
  readonly lastName: string;
  /** The two in plain lower-case letters, for addresses. */
  readonly latinFirst: string;
  readonly latinLast: string;
}

export function namePerson(chance: Chance, culture: Culture): PersonName {
  const isWoman = chance.happens(0.47);
  const first = chance.pick(isWoman ? culture.women : culture.men);
  const last = chance.pick(isWoman ? (culture.familiesOfWomen ?? culture.families) : culture.families);
  return {
    salutation: isWoman ? 'Ms' : 'Mr',
    firstName: first.written,
    lastName: last.written,
    latinFirst: first.latin.toLowerCase(),
    latinLast: last.latin.toLowerCase(),
  };
}

/** How a firm forms the addresses of its people; one way for each firm. */
export type AddressStyle = 'first.last' | 'f.last' | 'flast' | 'first' | 'last.first';
export const addressStyles: readonly { readonly weight: number; readonly style: AddressStyle }[] = [
  { weight: 6, style: 'first.last' },
  { weight: 2, style: 'f.last' },
  { weight: 2, style: 'flast' },
  { weight: 1, style: 'first' },
  { weight: 1, style: 'last.first' },
];

/** The part before the `@`; a number sets namesakes of one firm apart. */
export function mailbox(name: PersonName, style: AddressStyle, taken: Set<string>): string {
  const initial = name.latinFirst.slice(0, 1);
  const forms: Record<AddressStyle, string> = {
    'first.last': `${name.latinFirst}.${name.latinLast}`,
    'f.last': `${initial}.${name.latinLast}`,
    flast: `${initial}${name.latinLast}`,
    first: name.latinFirst,
    'last.first': `${name.latinLast}.${name.latinFirst}`,
  };
  let box = forms[style];
  if (taken.has(box)) box = forms['first.last'];
  for (let number = 2; taken.has(box); number++) box = `${forms['first.last']}${number}`;
  taken.add(box);
  return box;
}

interface Rank {
  readonly weight: number;
  readonly titles: readonly string[];
}

const ranks: readonly Rank[] = [
  {
    weight: 2,
    titles: ['CEO', 'Managing Director', 'Owner', 'General Manager', 'Geschäftsführer', 'Gérant'],
  },
  {
    weight: 3,
    titles: [
      'CFO',
      'Head of Finance',
      'Financial Controller',
      'Head of Purchasing',
      'Purchaser',
      'Strategic Buyer',
    ],
  },
  {
    weight: 5,
    titles: [
      'Head of Operations',
      'Plant Manager',
      'Production Manager',
      'Site Manager',
      'COO',
      'Operations Lead',
    ],
  },
  {
    weight: 5,
    titles: [
      'Maintenance Manager',
      'Reliability Engineer',
      'Facility Manager',
      'Technical Director',
      'Shift Lead',
      'Maintenance Planner',
    ],
  },
  {
    weight: 3,
    titles: [
      'Head of Quality',
      'Quality Manager',
      'HACCP Officer',
      'Compliance Manager',
      'Audit Coordinator',
    ],
  },
  {
    weight: 3,
    titles: [
      'Head of IT',
      'IT Administrator',
      'CIO',
      'System Architect',
      'Integration Engineer',
      'Data Protection Officer',
    ],
  },
  {
    weight: 3,
    titles: [
      'Assistant to the Board',
      'Project Manager',
      'Logistics Coordinator',
      'Warehouse Manager',
      'Energy Manager',
    ],
  },
];

export function jobTitle(chance: Chance): string {
  return chance.pick(chance.weighted(ranks).titles);
}
