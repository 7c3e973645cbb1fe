import { startDesktop } from './desktop.ts';

/** The desktop shell's entry. Everything that must happen before Electron is ready happens synchronously in there. */
startDesktop();
