import path from 'node:path';

/** In a checkout the source runs as it is; where Satchel is installed, one bundle in `dist`. */
export const isCheckout = import.meta.url.endsWith('.ts');

/** The project's root, or the installed package's. */
export const rootDirectory = path.join(import.meta.dirname, '..');

export const rendererDirectory = path.join(rootDirectory, 'dist', 'renderer');
