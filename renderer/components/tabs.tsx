import { Tabs as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export const Tabs = Primitive.Root;
export const TabsContent = Primitive.Content;

export function TabsList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={classNames('flex items-center gap-1', className)} {...rest} />;
}

export function TabsTrigger({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={classNames(
        'inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 text-sm text-ink-muted hover:bg-hover hover:text-ink',
        'data-[state=active]:bg-pressed data-[state=active]:text-ink data-[state=active]:font-medium [&_svg]:size-4',
        className,
      )}
      {...rest}
    />
  );
}
