import type { Storage } from '#core/context.ts';

/** For tests of what does not look at how the data is kept. */
export const noStorage: Storage = {
  inspect: () => Promise.reject(new Error('This test has no storage.')),
  backup: () => Promise.reject(new Error('This test has no storage.')),
};
