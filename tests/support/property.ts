/** fast-check with the seed of the test run. The linter keeps tests from importing the package itself. */
import { configureGlobal } from 'fast-check';
import { testSeed } from './seed.ts';

configureGlobal({ seed: testSeed });

export * from 'fast-check';
