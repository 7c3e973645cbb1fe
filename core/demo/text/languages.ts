import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { japanese } from './japanese.ts';
import { compileLanguage, type Language, type LanguageKey, type Topic, type TopicName } from './language.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';

export const languages: Readonly<Record<LanguageKey, Language>> = {
  en: compileLanguage(english),
  de: compileLanguage(german),
  fr: compileLanguage(french),
  es: compileLanguage(spanish),
  ru: compileLanguage(russian),
  ja: compileLanguage(japanese),
};

/** The topic in the language that was asked for, or else in English. */
export function findTopic(key: LanguageKey, name: TopicName): { language: Language; topic: Topic } {
  const wanted = languages[key].topics.get(name);
  if (wanted) return { language: languages[key], topic: wanted };
  const topic = languages.en.topics.get(name);
  if (!topic) throw new Error(`Nothing is written about ${name}.`);
  return { language: languages.en, topic };
}
