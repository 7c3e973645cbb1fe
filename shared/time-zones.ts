/** Where a workspace is: what its days, months and times of day are counted in, and how numbers and dates are written. */
export interface Region {
  /** A name of the IANA database, e.g. `Europe/Berlin`. */
  readonly timezone: string;
  /** BCP 47, e.g. `de-DE`. */
  readonly locale: string;
}

/** ICU keeps these zones under a former name; the IANA database and PostgreSQL know both. */
const presentNames: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** Every time zone, by the name it has today. */
export function timeZoneNames(): string[] {
  const names = Intl.supportedValuesOf('timeZone').map((name) => presentNames[name] ?? name);
  return [...new Set(['UTC', ...names.toSorted()])];
}

/** Whether a text names a time zone. A bare offset does not: PostgreSQL reads its sign the other way round. */
export function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== 'Etc/Unknown';
  } catch {
    return false;
  }
}

export function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Time zone and locale of this machine, as far as it knows them. */
export function machineRegion(): Region {
  const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
  return {
    timezone: isTimeZone(timeZone) ? (presentNames[timeZone] ?? timeZone) : 'UTC',
    // Without extensions such as the `-u-va-posix` of a machine without a language.
    locale: new Intl.Locale(locale).baseName,
  };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timezone: string): Intl.DateTimeFormat {
  const known = clocks.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', {
    timeZone: timezone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(timezone, made);
  return made;
}

/** What a clock in the zone shows at a moment, as if it were UTC: milliseconds since the epoch. */
function wallClock(moment: number, timezone: string): number {
  const parts = new Map(
    clockOf(timezone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = (parts.get('era') ?? '').startsWith('B') ? 1 - part('year') : part('year');
  const shown = new Date(0);
  shown.setUTCFullYear(year, part('month') - 1, part('day'));
  shown.setUTCHours(part('hour'), part('minute'), part('second'));
  return shown.getTime() + (((moment % 1_000) + 1_000) % 1_000);
}

/** Date and time of day of a moment in the zone, to the minute: `2026-03-01T09:30`. */
export function localTimeOf(moment: number | string, timezone: string): string {
  return new Date(wallClock(new Date(moment).getTime(), timezone)).toISOString().slice(0, 16);
}

/** The calendar day of a moment in the zone, as `YYYY-MM-DD`. */
export function dayOf(moment: number | string, timezone: string): string {
  return localTimeOf(moment, timezone).slice(0, 10);
}

/** The day before a calendar day. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/**
 * The moment at which clocks in the zone show a time such as `2026-03-01T09:30`, in milliseconds since the epoch; NaN when
 * it is no time. Of a time that is shown twice it is the first; one that is skipped counts on from before the gap.
 */
export function momentOf(localTime: string, timezone: string): number {
  const wanted = Date.parse(`${localTime}Z`);
  if (Number.isNaN(wanted)) return Number.NaN;
  const day = 86_400_000;
  const offset = (moment: number) => wallClock(moment, timezone) - moment;
  const before = wanted - offset(wanted - day);
  const after = wanted - offset(wanted + day);
  return wallClock(before, timezone) === wanted || wallClock(after, timezone) !== wanted ? before : after;
}
