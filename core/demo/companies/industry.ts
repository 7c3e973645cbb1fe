/** Lines of business, with the words that their firms put into their names. */
export interface Industry {
  readonly name: string;
  readonly weight: number;
  readonly trades: readonly string[];
  /** Typical headcount, and yearly revenue per head in thousands. */
  readonly employees: number;
  readonly revenuePerHead: number;
}

function industry(
  name: string,
  weight: number,
  employees: number,
  revenuePerHead: number,
  trades: string,
): Industry {
  return { name, weight, employees, revenuePerHead, trades: trades.split(' ') };
}

export const industries: readonly Industry[] = [
  industry(
    'Manufacturing',
    16,
    180,
    190,
    'Works Tools Castings Metal Machines Bearings Plastics Engineering Components Foundry',
  ),
  industry(
    'Food & Beverage',
    12,
    140,
    210,
    'Foods Dairy Bakery Brewery Fruit Kitchens Seafood Mills Roasters Provisions',
  ),
  industry(
    'Logistics',
    10,
    120,
    160,
    'Logistics Freight Cargo Transport Shipping Storage Express Warehousing Haulage Terminals',
  ),
  industry(
    'Healthcare',
    9,
    260,
    130,
    'Clinic Medical Care Laboratories Diagnostics Health Hospital Dental Rehab Blood-Services',
  ),
  industry('Pharmaceuticals', 5, 320, 380, 'Pharma Biotech Vaccines Therapeutics Remedies Lifesciences'),
  industry('Energy', 7, 210, 520, 'Energy Power Solar Wind Hydro Grid Heating Utilities'),
  industry(
    'Construction',
    7,
    90,
    170,
    'Construction Builders Concrete Roofing Interiors Civil Timber Projects',
  ),
  industry('Retail', 8, 150, 240, 'Stores Markets Trading Retail Supplies Wholesale Grocers Outfitters'),
  industry('Hospitality', 5, 80, 70, 'Hotels Resorts Catering Restaurants Inns Events'),
  industry('Agriculture', 5, 45, 140, 'Farms Orchards Seeds Greenhouses Grain Vineyards Livestock'),
  industry('Chemicals', 5, 240, 410, 'Chemicals Coatings Polymers Adhesives Solvents Resins'),
  industry('Software', 5, 60, 150, 'Software Systems Data Digital Cloud Labs'),
  industry('Education', 3, 130, 60, 'Academy College Institute School Campus'),
  industry('Public Sector', 3, 400, 80, 'Waterworks Council Authority Services Transit'),
  industry('Mining', 2, 300, 330, 'Mining Quarries Minerals Aggregates'),
];

/** Beginnings and endings of invented names. */
export const coinedBeginnings =
  'Nor Vel Alt Bri Cal Dor Eve Fen Gal Har Ivo Jor Kal Lum Mar Nex Ost Pel Quin Ros Sol Tar Ulm Ver Wes Xen Yar Zen Bel Cor Del Ker Lin Mon Ner Per Ran Sil Tor Var'.split(
    ' ',
  );
export const coinedEndings =
  'avia entis ora idon eva aris ium ona ex ava elle ant igo ero isca una orin atek ador imar ette ello onte ira alis'.split(
    ' ',
  );
export const nameAdjectives =
  'Northern Blue Silver Golden United Central Coastal Green Royal Pioneer Summit Harbor Evergreen Red Atlantic Alpine First Granite Copper Bright'.split(
    ' ',
  );
export const nameNouns =
  'Peak River Field Bridge Oak Stone Anchor Valley Lake Falcon Gate Bay Crown Meadow Star Fox Ridge Forge Compass Harvest'.split(
    ' ',
  );
