import { createInstance, type FormatterModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { formatNumber } from '../format/format.ts';
import board from './en/board.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import composer from './en/composer.json' with { type: 'json' };
import conflicts from './en/conflicts.json' with { type: 'json' };
import fields from './en/fields.json' with { type: 'json' };
import firstRun from './en/first-run.json' with { type: 'json' };
import frame from './en/frame.json' with { type: 'json' };
import imports from './en/imports.json' with { type: 'json' };
import lists from './en/lists.json' with { type: 'json' };
import messages from './en/messages.json' with { type: 'json' };
import options from './en/options.json' with { type: 'json' };
import palette from './en/palette.json' with { type: 'json' };
import record from './en/record.json' with { type: 'json' };
import settings from './en/settings.json' with { type: 'json' };
import shortcuts from './en/shortcuts.json' with { type: 'json' };
import timeline from './en/timeline.json' with { type: 'json' };
import trash from './en/trash.json' with { type: 'json' };
import { pseudoLocalised, type Texts } from './pseudo-locale.ts';

const objectFiles = import.meta.glob<Texts>('./en/objects/*.json', { eager: true, import: 'default' });

/** The texts of each object, by its name. */
const objects: Texts = Object.fromEntries(
  Object.entries(objectFiles).map(([path, texts]) => [
    path.slice(path.lastIndexOf('/') + 1, -'.json'.length),
    texts,
  ]),
);

/**
 * Every text of the interface. A key's first word names the file it is in: `lists.noMatches` is in `lists.json`,
 * `objects.contacts.create` in `objects/contacts.json`.
 */
export const english = {
  board,
  composer,
  record,
  timeline,
  conflicts,
  common,
  fields,
  firstRun,
  frame,
  imports,
  lists,
  objects,
  options,
  palette,
  settings,
  shortcuts,
  trash,
};

/** `en-XA` is English in accents and brackets: whatever shows without them is not translatable. */
export const languages = ['en', 'en-XA'] as const;
export type Language = (typeof languages)[number];

const i18n = createInstance();

/** Every number within a text stands in the reader's signs, so that no caller has to think of it. */
const numbersOfTheReader: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  format: (value: unknown) =>
    typeof value === 'number' ? formatNumber(value) : typeof value === 'string' ? value : '',
  add: () => undefined,
  addCached: () => undefined,
};

export function startI18n(language: Language): typeof i18n {
  void i18n
    .use(initReactI18next)
    .use(numbersOfTheReader)
    .init({
      lng: language,
      fallbackLng: false,
      resources: {
        en: { translation: english, messages },
        'en-XA': { translation: pseudoLocalised(english), messages: pseudoLocalised(messages) },
      },
      interpolation: { escapeValue: false, alwaysFormat: true },
      initAsync: false,
      returnNull: false,
    });
  document.documentElement.lang = language;
  return i18n;
}
