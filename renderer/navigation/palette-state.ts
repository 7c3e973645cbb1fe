import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
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

/** Offers commands in the palette while the component shows. They run as they are at that moment. */
export function usePageCommands(source: string, commands: readonly PageCommand[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shown = commands.map(({ id, label }) => `${id} ${label}`).join('\n');
  useEffect(() => {
    const offered = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find(({ id }) => id === command.id)?.run(),
    }));
    usePalette.setState((state) => ({ commands: new Map(state.commands).set(source, offered) }));
    return () =>
      usePalette.setState((state) => {
        const rest = new Map(state.commands);
        rest.delete(source);
        return { commands: rest };
      });
    // The commands' names decide whether they are offered anew; what they do is always read when they run.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [source, shown]);
}
