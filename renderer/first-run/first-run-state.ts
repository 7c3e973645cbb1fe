import { create } from 'zustand';

/** True between creating the workspace and choosing how to start, so that the frame waits for the choice. */
export const useFirstRun = create<{ isChoosing: boolean }>(() => ({ isChoosing: false }));
