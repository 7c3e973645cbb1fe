import type { Page } from '@playwright/test';
import { z } from 'zod';
import { toWireError } from '#shared/contract/wire-errors.ts';
import type { SatchelError } from '#shared/errors.ts';

/** What a page is told instead of the application's own answer. */
export type FakedAnswer = 'none' | { readonly output: unknown } | { readonly error: SatchelError };

/** By procedure, e.g. `accounts/list`. */
export type FakedAnswers = Readonly<Record<string, FakedAnswer>>;

const requestSchema = z.object({ i: z.string(), p: z.object({ u: z.string() }) });

function requestOf(frame: string | Buffer): { id: string; procedure: string } | null {
  if (typeof frame !== 'string') return null;
  const { data } = requestSchema.safeParse(JSON.parse(frame));
  return data ? { id: data.i, procedure: new URL(data.p.u, 'http://satchel').pathname.slice(1) } : null;
}

function responseTo(id: string, answer: Exclude<FakedAnswer, 'none'>): string {
  const response =
    'output' in answer
      ? { b: { json: answer.output } }
      : { s: 500, b: { json: toWireError(answer.error).toJSON() } };
  return JSON.stringify({ i: id, p: response });
}

/** Puts a page into a state that would take a broken disk, a slow engine or another role. Call before it is opened. */
export async function fakeAnswers(page: Page, answers: FakedAnswers): Promise<void> {
  await page.routeWebSocket(/\/contract$/, (socket) => {
    const application = socket.connectToServer();
    socket.onMessage((frame) => {
      const request = requestOf(frame);
      const answer = request ? answers[request.procedure] : undefined;
      if (!request || answer === undefined) application.send(frame);
      else if (answer !== 'none') socket.send(responseTo(request.id, answer));
    });
  });
}
