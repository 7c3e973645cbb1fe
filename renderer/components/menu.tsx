import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export const Menu = Primitive.Root;
export const MenuTrigger = Primitive.Trigger;
export const MenuRadioGroup = Primitive.RadioGroup;

const item =
  'flex h-7 items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-[highlighted]:bg-hover ' +
  'data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:text-ink-muted';

export function MenuContent({ className, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        className={classNames(
          'z-50 min-w-44 max-h-(--radix-dropdown-menu-content-available-height) overflow-auto rounded-lg border',
          'border-line bg-raised p-1 shadow-menu animate-appear outline-none',
          className,
        )}
        {...rest}
      />
    </Primitive.Portal>
  );
}

export interface MenuItemProps extends ComponentProps<typeof Primitive.Item> {
  isDestructive?: boolean;
}

export function MenuItem({ className, isDestructive = false, ...rest }: MenuItemProps) {
  return (
    <Primitive.Item
      className={classNames(item, isDestructive && 'text-danger [&_svg]:text-danger', className)}
      {...rest}
    />
  );
}

export function MenuRadioItem({ className, children, ...rest }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={classNames(item, 'justify-between', className)} {...rest}>
      <span className="flex min-w-0 items-center gap-2">{children}</span>
      <Primitive.ItemIndicator>
        <Check aria-hidden />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  );
}
