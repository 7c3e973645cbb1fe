import { useRouter } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import type { ObjectName } from '#shared/objects/objects.ts';

export interface RecordLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  object: ObjectName;
  id: string;
}

/** A link to a record's page. */
export function RecordLink({ object, id, onClick, children, ...rest }: RecordLinkProps) {
  const router = useRouter();
  const path = `/${object}/${id}`;
  return (
    <a
      {...rest}
      href={router.history.createHref(path)}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        router.history.push(path);
      }}
    >
      {children}
    </a>
  );
}
