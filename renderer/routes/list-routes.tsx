import { createRoute } from '@tanstack/react-router';
import { Board } from '../board/board.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { rootRoute } from './root-route.tsx';

const accountsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts',
  component: () => <ListPage key="accounts" object="accounts" />,
});
const contactsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/contacts',
  component: () => <ListPage key="contacts" object="contacts" />,
});
const opportunitiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/opportunities',
  component: () => <ListPage key="opportunities" object="opportunities" Board={Board} />,
});
const productsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/products',
  component: () => <ListPage key="products" object="products" />,
});

export const listRoutes = [accountsRoute, contactsRoute, opportunitiesRoute, productsRoute] as const;
