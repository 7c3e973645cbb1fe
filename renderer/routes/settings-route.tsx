import { createRoute } from '@tanstack/react-router';
import { AppearanceSettings } from '../settings/appearance-settings.tsx';
import { rootRoute } from './root-route.tsx';

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: AppearanceSettings,
});
