import { createRoute, notFound } from '@tanstack/react-router';
import { type ObjectName, objectNameSchema } from '#shared/objects/objects.ts';
import { NotFoundPage } from '../frame/not-found-page.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { RecordPage } from '../record-page/record-page.tsx';
import { rootRoute } from './root-route.tsx';

/** Other words than names of objects lead nowhere. Fixed addresses such as `/trash` are looked for before. */
function objectOf(word: string): ObjectName {
  const name = objectNameSchema.safeParse(word);
  // oxlint-disable-next-line typescript/only-throw-error -- the router's own way to say so
  if (!name.success) throw notFound();
  return name.data;
}

const listRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$object',
  params: {
    parse: ({ object }) => ({ object: objectOf(object) }),
    stringify: ({ object }) => ({ object }),
  },
  component: function ObjectListPage() {
    const { object } = listRoute.useParams();
    return <ListPage key={object} object={object} />;
  },
  notFoundComponent: NotFoundPage,
});

const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$object/$id',
  params: {
    parse: ({ object, id }) => ({ object: objectOf(object), id }),
    stringify: ({ object, id }) => ({ object, id }),
  },
  component: function ObjectRecordPage() {
    const { object, id } = recordRoute.useParams();
    return <RecordPage key={object} object={object} id={id} />;
  },
  notFoundComponent: NotFoundPage,
});

export const objectRoutes = [listRoute, recordRoute] as const;
