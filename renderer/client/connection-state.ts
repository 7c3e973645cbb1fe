import { create } from 'zustand';

/** `lost` means: what is shown may be old, and the app is trying to reach its workspace again. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));
