import { create } from 'zustand';

/**
 * `lost` means: what is shown may be old, and the app is trying to reach its workspace again. `signed_out` means: Satchel
 * runs, but was started anew since, and lets in only who opens the address that it printed then.
 */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'signed_out';

export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));
