import { inEnglish, messageSchema } from '#shared/message.ts';

/** A document for `--json` with the messages in it as English texts, for whoever reads it knows nothing of templates. */
export function inWords(document: unknown): unknown {
  const message = messageSchema.safeParse(document);
  if (message.success) return inEnglish(message.data);
  if (Array.isArray(document)) return document.map(inWords);
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, inWords(value)]));
}
