/** The whole schema for Drizzle. The migrations make it; a test holds the two together. */

export * from './access.ts';
export * from './activities.ts';
export * from './cases.ts';
export * from './configuration.ts';
export * from './enums.ts';
export * from './history.ts';
export * from './imports.ts';
export * from './intelligence.ts';
export * from './jobs.ts';
export * from './pipeline.ts';
export * from './pipelines.ts';
export * from './products.ts';
export * from './quotes.ts';
export * from './sales.ts';
export * from './sync.ts';
export * from './work.ts';
