import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Satchel is served under `style-src 'self'`, so no package may add a `<style>` element while running. Two do:
 * sonner (its sheet is imported as a file instead) and react-style-singleton below Radix's dialogs and menus.
 */
function stylesFromFilesOnly(): Plugin {
  return {
    name: 'satchel:styles-from-files-only',
    enforce: 'pre',
    transform(code, id) {
      if (!/node_modules\/sonner\/dist\/index\.mjs/.test(id)) return undefined;
      const stripped = code.replace(/^__insertCSS\(".*"\);$/m, '');
      if (stripped === code) this.error('sonner no longer adds its styles as expected; look at the new way.');
      return { code: stripped, map: null };
    },
  };
}

// Paths are relative to the project's root, where npm runs scripts.
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [stylesFromFilesOnly(), react(), tailwindcss()],
  resolve: {
    alias: { 'react-style-singleton': '/csp/style-singleton.ts' },
  },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    // A data: URI would need a wider policy than 'self'.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_500,
  },
});
