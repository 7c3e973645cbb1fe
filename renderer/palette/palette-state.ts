import type { LucideIcon } from 'lucide-react';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { ShortcutId } from '../shortcuts/registry.ts';

/** Something the palette can do on the screen that shows, e.g. to the selected records. */
export interface PageCommand {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly group: 'selection' | 'page';
  readonly shortcut?: ShortcutId;
  readonly run: () => void;
}

interface PaletteState {
  isOpen: boolean;
  /** By the screen that offers them. */
  commands: ReadonlyMap<string, readonly PageCommand[]>;
}

export const usePalette = create<PaletteState>(() => ({ isOpen: false, commands: new Map() }));

/** Offers commands in the palette while the component shows. `commands` must be stable (memoised). */
export function usePageCommands(source: string, commands: readonly PageCommand[]): void {
  useEffect(() => {
    usePalette.setState((state) => ({ commands: new Map(state.commands).set(source, commands) }));
    return () =>
      usePalette.setState((state) => {
        const rest = new Map(state.commands);
        rest.delete(source);
        return { commands: rest };
      });
  }, [source, commands]);
}
