import { createRoute } from '@tanstack/react-router';
import { AppearanceSettings } from '../settings/appearance-settings.tsx';
import { CustomFieldSettings } from '../settings/custom-fields/custom-field-settings.tsx';
import { StageSettings } from '../settings/stage-settings.tsx';
import { StorageSettings } from '../settings/storage/storage-settings.tsx';
import { WorkspaceSettings } from '../settings/workspace-settings.tsx';
import { rootRoute } from './root-route.tsx';

const appearanceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: AppearanceSettings,
});
const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/workspace',
  component: WorkspaceSettings,
});
const stagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/stages',
  component: StageSettings,
});

const fieldsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/fields',
  component: CustomFieldSettings,
});

const dataRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/data',
  component: StorageSettings,
});

export const settingsRoutes = [appearanceRoute, workspaceRoute, stagesRoute, fieldsRoute, dataRoute] as const;
