import { createHashHistory, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { importRoute } from './import-route.tsx';
import { objectRoutes } from './object-routes.tsx';
import { rootRoute } from './root-route.tsx';
import { settingsRoutes } from './settings-routes.tsx';
import { trashRoute } from './trash-route.tsx';

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/$object', params: { object: 'opportunities' } });
  },
});

const routeTree = rootRoute.addChildren([
  startRoute,
  ...objectRoutes,
  importRoute,
  trashRoute,
  ...settingsRoutes,
]);

/** Addresses live behind `#`: the same on 127.0.0.1 and on the desktop shell's own scheme, and no server is asked. */
export const router = createRouter({ routeTree, history: createHashHistory(), defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
