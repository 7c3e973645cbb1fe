import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileFormat } from '#shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../components/popover.tsx';
import { SelectMenu } from '../../components/select-menu.tsx';
import { FormField, TextInput } from '../../components/text-input.tsx';

const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'macintosh',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
];
const delimiters: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};

export interface FormatButtonProps {
  format: FileFormat;
  onApply: (format: FileFormat) => void;
}

/** How the bytes of the file are read, and a way to say it otherwise. */
export function FormatButton({ format, onApply }: FormatButtonProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [next, setNext] = useState(format);
  const signLabel = (sign: string) => {
    const name = delimiters[sign];
    return name ? t(`imports.format.delimiters.${name}`) : t('imports.format.delimiters.other', { sign });
  };
  const summary = t('imports.format.summary', {
    encoding: format.encoding.toUpperCase(),
    delimiter: signLabel(format.delimiter),
  });
  const signs = Object.keys(delimiters).includes(next.delimiter)
    ? Object.keys(delimiters)
    : [...Object.keys(delimiters), next.delimiter];
  const names = encodings.includes(next.encoding) ? encodings : [...encodings, next.encoding];
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button aria-label={`${t('imports.format.label')}: ${summary}`}>
          <Settings2 aria-hidden />
          <span data-content>{summary}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label={t('imports.format.label')} className="w-72 space-y-3 p-4">
        <FormField label={t('imports.format.encoding')}>
          {({ id }) => (
            <SelectMenu
              id={id}
              label={t('imports.format.encoding')}
              value={next.encoding}
              options={names.map((value) => ({ value, label: value.toUpperCase() }))}
              onChange={(encoding) => setNext({ ...next, encoding })}
            />
          )}
        </FormField>
        <FormField label={t('imports.format.delimiter')}>
          {({ id }) => (
            <SelectMenu
              id={id}
              label={t('imports.format.delimiter')}
              value={next.delimiter}
              options={signs.map((value) => ({ value, label: signLabel(value) }))}
              onChange={(delimiter) => setNext({ ...next, delimiter })}
            />
          )}
        </FormField>
        <FormField label={t('imports.format.quote')}>
          {({ id }) => (
            <SelectMenu
              id={id}
              label={t('imports.format.quote')}
              value={next.quote}
              options={Array.from(new Set(['"', "'", next.quote])).map((value) => ({ value, label: value }))}
              onChange={(quote) => setNext({ ...next, quote })}
            />
          )}
        </FormField>
        <FormField label={t('imports.format.preamble')}>
          {({ id }) => (
            <TextInput
              id={id}
              type="number"
              min={0}
              max={100}
              value={next.preambleRecords}
              onChange={(event) =>
                setNext({ ...next, preambleRecords: Math.min(100, Math.max(0, Number(event.target.value))) })
              }
            />
          )}
        </FormField>
        <Button
          kind="primary"
          size="small"
          onClick={() => {
            setOpen(false);
            onApply(next);
          }}
        >
          {t('imports.format.apply')}
        </Button>
      </PopoverContent>
    </Popover>
  );
}
