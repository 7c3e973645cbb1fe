import { postgresPrograms, ServerUnavailable } from './setup.ts';

/** Installs what is missing once, before several files would do it at the same time. */
export default async function prepare(): Promise<void> {
  if (process.env['SATCHEL_TEST_POSTGRES_URL']) return;
  await postgresPrograms().catch((error: unknown) => {
    // Each test says so itself, and the other projects go on.
    if (!(error instanceof ServerUnavailable)) throw error;
  });
}
