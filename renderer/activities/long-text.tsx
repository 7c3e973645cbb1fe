import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../components/class-names.ts';

/** Text of any length: six lines, and the rest on request. */
export function LongText({ text }: { text: string }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const [isCut, setCut] = useState(false);
  const paragraph = useRef<HTMLParagraphElement>(null);
  // oxlint-disable-next-line react/exhaustive-deps -- another text may need more or fewer lines
  useLayoutEffect(() => {
    const element = paragraph.current;
    if (element && !isWhole) setCut(element.scrollHeight > element.clientHeight + 1);
  }, [text, isWhole]);
  return (
    <div className="mt-0.5 max-w-160 text-ink-muted">
      <p
        ref={paragraph}
        data-content
        className={classNames('break-words whitespace-pre-wrap select-text', !isWhole && 'line-clamp-6')}
      >
        {text}
      </p>
      {isCut ? (
        <button
          type="button"
          onClick={() => setWhole(!isWhole)}
          className="text-xs font-medium text-accent-ink hover:underline"
        >
          {isWhole ? t('timeline.showLess') : t('timeline.showMore')}
        </button>
      ) : null}
    </div>
  );
}
