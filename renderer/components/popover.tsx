import { Popover as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;

/** A panel beside its trigger. Give it an `aria-label` or `aria-labelledby`: it is a dialog to assistive technology. */
export function PopoverContent({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        className={classNames(
          'z-50 max-h-(--radix-popover-content-available-height) overflow-auto rounded-lg border border-line bg-raised',
          'shadow-menu animate-appear outline-none',
          className,
        )}
        {...rest}
      />
    </Primitive.Portal>
  );
}
