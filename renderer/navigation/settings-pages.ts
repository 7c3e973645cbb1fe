import {
  DatabaseBackup,
  GitCommitHorizontal,
  type LucideIcon,
  Palette,
  SlidersHorizontal,
  TextCursorInput,
} from 'lucide-react';

export interface SettingsPageInfo {
  readonly path:
    | '/settings'
    | '/settings/workspace'
    | '/settings/stages'
    | '/settings/fields'
    | '/settings/data';
  /** The text key of its name. */
  readonly name: string;
  readonly icon: LucideIcon;
}

/** In the order of the settings' own navigation, and of the palette. */
export const settingsPages: readonly SettingsPageInfo[] = [
  { path: '/settings', name: 'settings.appearance.title', icon: Palette },
  { path: '/settings/workspace', name: 'settings.workspace.title', icon: SlidersHorizontal },
  { path: '/settings/stages', name: 'settings.stages.title', icon: GitCommitHorizontal },
  { path: '/settings/fields', name: 'settings.fields.title', icon: TextCursorInput },
  { path: '/settings/data', name: 'settings.storage.title', icon: DatabaseBackup },
];
