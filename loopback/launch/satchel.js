#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { launch } from './launch.js';

/** `satchel`: straight from the source in a checkout, the bundle where it is installed. */
const source = new URL('../cli/main.ts', import.meta.url);
await launch(existsSync(source) ? source : new URL('../../dist/satchel.js', import.meta.url));
