/** The worker's entry, relative to the file that runs: the source in a checkout, its bundle beside ours elsewhere. */
export const workerFile = import.meta.url.endsWith('.ts') ? '../worker/main.ts' : './worker.js';
