/**
 * The seed of everything that a test draws. A whole run draws the same each time; the long forms set a fresh one, and so
 * does whoever repeats what one of them found.
 */
export const testSeed = Number(process.env['SATCHEL_TEST_SEED'] ?? 1);
