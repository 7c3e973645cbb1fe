import type { Chance } from '../chance.ts';
import { type Culture, plainLetters } from '../people/culture.ts';
import { coinedBeginnings, coinedEndings, type Industry, nameAdjectives, nameNouns } from './industry.ts';

export interface CompanyName {
  readonly name: string;
  readonly legalName: string;
  readonly domain: string;
}

/** Names companies so that no two have the same domain. Remembers the domains given: about 50 bytes each. */
export class CompanyRegister {
  readonly #domains = new Set<string>();

  nameCompany(chance: Chance, culture: Culture, industry: Industry, city: string): CompanyName {
    for (let attempt = 0; ; attempt++) {
      const { brand, latin } = inventBrand(chance, culture, industry, city);
      // After a few clashes the place is added, and at last a number: there is always a free name.
      const addition = attempt < 4 ? '' : attempt < 8 ? city : `${chance.integer(2, 9_999)}`;
      const label = slug(`${latin} ${attempt < 8 ? plainLetters(addition) : addition}`);
      const domain = `${label}.${chance.pick(culture.topLevelDomains)}`;
      if (label.length < 3 || this.#domains.has(domain)) continue;
      this.#domains.add(domain);
      const name = addition === '' ? brand : `${brand} ${addition}`;
      return { name, legalName: withForm(name, chance.pick(culture.companyForms)), domain };
    }
  }
}

function inventBrand(
  chance: Chance,
  culture: Culture,
  industry: Industry,
  city: string,
): { brand: string; latin: string } {
  const trade = chance.pick(industry.trades);
  const family = chance.pick(culture.families);
  const latinCity = plainLetters(city);
  switch (chance.integer(0, 9)) {
    case 0:
    case 1:
    case 2:
      return { brand: `${family.written} ${trade}`, latin: `${family.latin} ${trade}` };
    case 3: {
      const partner = chance.pick(culture.families);
      return {
        brand: `${family.written} & ${partner.written} ${trade}`,
        latin: `${family.latin} ${partner.latin}`,
      };
    }
    case 4:
      if (latinCity.length < 3) return coined(chance, trade);
      return { brand: `${city} ${trade}`, latin: `${latinCity} ${trade}` };
    case 5: {
      const brand = `${chance.pick(nameAdjectives)} ${chance.pick(nameNouns)} ${trade}`;
      return { brand, latin: brand };
    }
    case 6: {
      const brand = `${chance.pick(nameNouns)}${chance.pick(nameNouns).toLowerCase()} ${trade}`;
      return { brand, latin: brand };
    }
    default:
      return coined(chance, trade);
  }
}

function coined(chance: Chance, trade: string): { brand: string; latin: string } {
  const word = `${chance.pick(coinedBeginnings)}${chance.pick(coinedEndings)}`;
  const brand = chance.happens(0.35) ? word : `${word} ${trade}`;
  return { brand, latin: brand };
}

function withForm(name: string, form: string): string {
  if (form.includes('*')) return form.replace('*', name);
  return form.startsWith(',') ? `${name}${form}` : `${name} ${form}`.trim();
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .replaceAll('-', text.length > 18 ? '-' : '');
}
