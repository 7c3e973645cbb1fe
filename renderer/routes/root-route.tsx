import { createRootRoute } from '@tanstack/react-router';
import { NotFoundPage } from '../frame/not-found-page.tsx';
import { WorkspaceGate } from '../frame/workspace-gate.tsx';

/** Parent of every screen: decides between first run, recovery and the frame. */
export const rootRoute = createRootRoute({ component: WorkspaceGate, notFoundComponent: NotFoundPage });
