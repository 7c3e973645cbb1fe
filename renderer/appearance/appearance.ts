import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Language } from '../i18n/i18n.ts';

export const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

interface Appearance {
  theme: Theme;
  language: Language;
  isSidebarCollapsed: boolean;
}

/** How this window looks. Kept in the browser's storage: it belongs to the device, not to the workspace. */
export const useAppearance = create<Appearance>()(
  persist((): Appearance => ({ theme: 'system', language: 'en', isSidebarCollapsed: false }), {
    name: 'satchel-appearance',
  }),
);

/** Puts the theme on the page now and whenever it is changed. */
export function applyTheme(): void {
  const apply = ({ theme }: Appearance) => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  };
  apply(useAppearance.getState());
  useAppearance.subscribe(apply);
}
