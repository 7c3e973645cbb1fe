import type { ChangeEvent, ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export interface CheckboxProps
  extends Omit<ComponentProps<'input'>, 'type' | 'checked' | 'onChange' | 'ref'> {
  checked: boolean | 'indeterminate';
  /** @param event tells of the keys that were held */
  onCheckedChange: (checked: boolean, event: ChangeEvent<HTMLInputElement>) => void;
}

/** The browser's own box in the app's look (`styles.css`): a list draws one in every row. */
export function Checkbox({ checked, onCheckedChange, className, ...rest }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      className={classNames('choice-box size-4 rounded-sm', className)}
      checked={checked === true}
      ref={(box) => {
        if (box) box.indeterminate = checked === 'indeterminate';
      }}
      onChange={(event) => onCheckedChange(event.target.checked, event)}
      {...rest}
    />
  );
}
