import { classNames } from './class-names.ts';

/** The place of something that is being read. Give it a width and height by class. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames('block rounded-sm bg-pressed/70', className)} />;
}
