import './zod-without-eval.ts';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { applyTheme, useAppearance } from './appearance/appearance.ts';
import { connectToApplication } from './client/connection.ts';
import { createQueryClient } from './client/query-client.ts';
import { startI18n } from './i18n/i18n.ts';
import { screenObjects } from './objects/catalogue.ts';
import { shortcutsWith } from './shortcuts/registry.ts';
import { startShortcuts } from './shortcuts/use-shortcut.ts';

applyTheme();
const i18n = startI18n(useAppearance.getState().language);
startShortcuts(shortcutsWith(screenObjects));

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no element #app.');
createRoot(root).render(
  <StrictMode>
    <App client={connectToApplication().api} queries={createQueryClient()} i18n={i18n} />
  </StrictMode>,
);
