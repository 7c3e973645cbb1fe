import { builtinModules } from 'node:module';
import path from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/**
 * The bundles that run in Node: `--mode electron` (main process and worker), `--mode preload`, and `--mode cli` (the
 * installed `satchel` and its worker). In a checkout the loopback shell and the command line need none of them.
 */
interface Bundle {
  readonly input: Record<string, string>;
  readonly outDir: string;
  readonly format: 'es' | 'cjs';
}

const workers = {
  worker: 'core/platform/worker/main.ts',
  'verification-worker': 'db/engine/backup/verification-worker.ts',
  'earlier-cluster-worker': 'db/start/upgrade/earlier-cluster-worker.ts',
};
const bundles: Record<string, Bundle> = {
  electron: { input: { main: 'electron/main.ts', ...workers }, outDir: 'dist/electron', format: 'es' },
  // A sandboxed preload can neither import modules nor require anything but `electron`.
  preload: { input: { preload: 'electron/preload.ts' }, outDir: 'dist/electron', format: 'cjs' },
  cli: { input: { satchel: 'loopback/cli/main.ts', ...workers }, outDir: 'dist', format: 'es' },
};

/** PGlite finds its WebAssembly and data beside its own files, and the keyring its program for this platform. */
const external = [/^node:/, ...builtinModules, 'electron', /^@electric-sql\//, /^@napi-rs\//, /^pglite-/];

/** A worker's file, or a module's own address. */
const addresses = /new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)|import\.meta\.(url|dirname)/g;

/**
 * The engine reads files that lie beside its source (migrations). In a bundle `import.meta.url` is the bundle's, so
 * the engine's modules are given the address of their source, which is shipped in its place without them. A worker of
 * the engine is a bundle of its own beside the others.
 */
function addressesOfSource(outDir: string): Plugin {
  return {
    name: 'satchel:addresses-of-source',
    transform(code, id) {
      const file = path
        .relative(import.meta.dirname, id)
        .split(path.sep)
        .join('/');
      if (!file.startsWith('db/') || !code.includes('import.meta.')) return undefined;
      const source = JSON.stringify(`${path.relative(outDir, '.').split(path.sep).join('/')}/${file}`);
      const url = `new URL(${source}, import.meta.url)`;
      const directory = `process.getBuiltinModule('node:url').fileURLToPath(new URL('.', ${url}))`;
      return {
        code: code.replaceAll(addresses, (_match, workerName?: string, property?: string) => {
          if (workerName !== undefined) return `new URL('./${workerName}.js', import.meta.url)`;
          return property === 'url' ? `${url}.href` : directory;
        }),
        map: null,
      };
    },
  };
}

export default defineConfig(({ mode }): UserConfig => {
  const bundle = bundles[mode];
  // Tools that only read the configuration name no bundle.
  if (!bundle) return {};
  return {
    plugins: [addressesOfSource(bundle.outDir)],
    resolve: { conditions: ['node'] },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node24',
      outDir: bundle.outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: bundle.input,
        external,
        output: {
          format: bundle.format,
          entryFileNames: bundle.format === 'cjs' ? '[name].cjs' : '[name].js',
          // Without a hash, so that nothing of an earlier build stays beside it and is packed.
          chunkFileNames: '[name].js',
        },
      },
    },
  };
});
