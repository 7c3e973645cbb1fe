import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message, MessageValue } from '#shared/message.ts';
import { asSatchelError } from './errors.ts';

/** What core says, in the reader's language: templates are the keys of the namespace `messages`. */
export function messageText(t: TFunction, { template, values }: Message): string {
  const said = values.map((value: MessageValue) =>
    typeof value === 'object' ? messageText(t, value) : value,
  );
  return t(template, {
    ns: 'messages',
    keySeparator: false,
    nsSeparator: false,
    ...Object.fromEntries(said.entries()),
  });
}

/** What an error tells the person who reads. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback((error) => messageText(t, asSatchelError(error).said), [t]);
}
