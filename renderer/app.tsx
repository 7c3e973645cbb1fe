import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { i18n as I18n } from 'i18next';
import { useEffect } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { ContractClient } from '#shared/contract/contract.ts';
import { useAppearance } from './appearance/appearance.ts';
import { ClientProvider } from './client/client-context.tsx';
import { useLiveUpdates } from './client/live-updates.ts';
import { TooltipProvider } from './components/tooltip.tsx';
import { Toaster } from './edits/toasts.tsx';
import { screenObjects } from './objects/catalogue.ts';
import { ScreenObjectsContext } from './objects/define.ts';
import { router } from './routes/router.tsx';

export interface AppProps {
  client: ContractClient;
  queries: QueryClient;
  i18n: I18n;
}

export function App({ client, queries, i18n }: AppProps) {
  useLiveUpdates(client, queries);
  const language = useAppearance((appearance) => appearance.language);
  useEffect(() => {
    if (i18n.language !== language) void i18n.changeLanguage(language);
    document.documentElement.lang = language;
  }, [i18n, language]);

  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <ClientProvider client={client}>
          <ScreenObjectsContext value={screenObjects}>
            <TooltipProvider delayDuration={400} skipDelayDuration={200}>
              <RouterProvider router={router} />
              <Toaster />
            </TooltipProvider>
          </ScreenObjectsContext>
        </ClientProvider>
      </QueryClientProvider>
    </I18nextProvider>
  );
}
