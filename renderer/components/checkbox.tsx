import { Check, Minus } from 'lucide-react';
import { Checkbox as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export function Checkbox({ className, ...rest }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={classNames(
        'flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface',
        'hover:border-ink-faint data-[state=checked]:border-accent data-[state=checked]:bg-accent',
        'data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent text-on-accent',
        className,
      )}
      {...rest}
    >
      <Primitive.Indicator className="[&_svg]:size-3">
        {rest.checked === 'indeterminate' ? (
          <Minus strokeWidth={3} aria-hidden />
        ) : (
          <Check strokeWidth={3} aria-hidden />
        )}
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
