import { launch } from './launch.js';

/** `npm start`. */
await launch(new URL('../start/main.ts', import.meta.url));
