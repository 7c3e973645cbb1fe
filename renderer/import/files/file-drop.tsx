import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';

/** Where files are dropped or chosen. */
export function FileDrop({ onChoose }: { onChoose: (files: readonly File[]) => void }) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const chosen = Array.from(files ?? []);
    if (chosen.length > 0) onChoose(chosen);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button inside does the same by keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={classNames(
        'flex flex-col items-center rounded-xl border border-dashed px-6 py-12 text-center',
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong',
      )}
    >
      <FileUp aria-hidden className="size-8 text-ink-faint" strokeWidth={1.5} />
      <h2 className="mt-4 text-base font-semibold">
        {isOver ? t('imports.drop.over') : t('imports.drop.title')}
      </h2>
      <p className="mt-1 max-w-120 text-ink-muted">{t('imports.drop.text')}</p>
      <Button kind="primary" className="mt-5" onClick={() => input.current?.click()}>
        {t('imports.drop.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        aria-label={t('imports.drop.choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
      <p className="mt-3 text-xs text-ink-faint">{t('imports.drop.privacy')}</p>
    </div>
  );
}
