import { createRoute } from '@tanstack/react-router';
import { ImportPage } from '../import/import-page.tsx';
import { rootRoute } from './root-route.tsx';

export const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/import',
  component: ImportPage,
});
