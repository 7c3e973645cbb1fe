import { z } from 'zod';

/**
 * Something said to a person in words that can be translated: the English words are the message's code, as in gettext, with
 * `{{0}}`, `{{1}}` where its values go. The command line prints it in English; the interface looks the template up in the
 * reader's language. Made by `say` alone, so that a text that cannot be translated does not compile.
 */
export interface Message {
  readonly template: string;
  readonly values: readonly MessageValue[];
}

/** Data such as a file's name is said as it is; a message within a message is translated too. */
export type MessageValue = string | number | Message;

export const messageSchema: z.ZodType<Message> = z.lazy(() =>
  z.object({
    template: z.string(),
    values: z.array(z.union([z.string(), z.number(), messageSchema])),
  }),
);

/** A message, written as the English text: say`There is no file ${path}.` */
export function say(strings: TemplateStringsArray, ...values: readonly MessageValue[]): Message {
  const template = strings.map((part, index) => (index === 0 ? part : `{{${index - 1}}}${part}`)).join('');
  return { template, values };
}

const asked = new Map<string, Message>();

/** What a schema asks for where a value does not fit; as a text, since that is what Zod takes. */
export function ask(strings: TemplateStringsArray): string {
  const message = say(strings);
  const text = inEnglish(message);
  asked.set(text, message);
  return text;
}

/** The message that a schema of ours said so; undefined for the words of Zod itself. */
export function askedBy(text: string): Message | undefined {
  return asked.get(text);
}

/** Words, beside the names of objects, for things that are said within a sentence. */
export const terms = ['call', 'email', 'meeting', 'note', 'task', 'user', 'users'] as const;

/**
 * A word that is said within a sentence, which the reader's language has its own for: one of `terms`, or what an object
 * or one of its records is called.
 */
export function term(word: string): Message {
  return { template: word, values: [] };
}

/** Messages one below the other. */
export function inLines(messages: readonly Message[]): Message {
  return joined(messages, (a, b) => say`${a}\n${b}`);
}

/** Sentences one after the other. */
export function inSentences(messages: readonly Message[]): Message {
  return joined(messages, (a, b) => say`${a} ${b}`);
}

/** Words of which one is meant: `accounts, products or contacts`. */
export function oneOf(words: readonly Message[]): Message {
  const last = words.at(-1);
  const others = joined(words.slice(0, -1), (a, b) => say`${a}, ${b}`);
  return last && words.length > 1 ? say`${others} or ${last}` : (last ?? others);
}

function joined(messages: readonly Message[], join: (a: Message, b: Message) => Message): Message {
  const [first, ...more] = messages;
  return more.reduce(join, first ?? { template: '', values: [] });
}

export function inEnglish({ template, values }: Message): string {
  return template.replace(/\{\{(\d+)\}\}/gu, (_, index: string) => {
    const value = values[Number(index)] ?? '';
    return typeof value === 'object' ? inEnglish(value) : String(value);
  });
}
