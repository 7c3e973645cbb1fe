import type { ComponentProps } from 'react';

/** One of a group that shows all its choices. */
export function Radio(props: Omit<ComponentProps<'input'>, 'type' | 'className'>) {
  return <input type="radio" className="choice-box size-4 rounded-full" {...props} />;
}
