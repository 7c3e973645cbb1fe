import type { Page } from '@playwright/test';

/**
 * Keeps the page's calls of a procedure from its application, as if that took long. To be called before the page opens.
 *
 * @param procedure its path in the contract, e.g. `opportunities/list`
 * @returns lets through what was kept back, and all that follows
 */
export async function holdCalls(page: Page, procedure: string): Promise<() => void> {
  const held: (() => void)[] = [];
  let isHolding = true;
  await page.routeWebSocket(/\/contract$/, (socket) => {
    const application = socket.connectToServer();
    socket.onMessage((frame) => {
      if (isHolding && frame.toString().includes(`/${procedure}`)) held.push(() => application.send(frame));
      else application.send(frame);
    });
  });
  return () => {
    isHolding = false;
    for (const send of held.splice(0)) send();
  };
}
