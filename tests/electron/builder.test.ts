import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from 'vitest';

/** Patterns from one folder; electron-builder's reading makes these of the list in the file. */
interface FileSet {
  readonly from?: string;
  readonly filter?: readonly string[];
}

interface Configuration {
  readonly files: readonly FileSet[];
  readonly asarUnpack: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
}

/** electron-builder's own reading and validation, which need no download. */
const require = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const builder: {
  getConfig(directory: string, file: string, options: object): Promise<Configuration>;
  validateConfiguration(configuration: object, log: { isEnabled: boolean; add(): void }): Promise<void>;
} = require('app-builder-lib/out/util/config/config.js');
const log = { isEnabled: false, add: () => undefined };

let configuration: Configuration;
beforeAll(async () => {
  configuration = await builder.getConfig(process.cwd(), 'electron-builder.yml', {});
});

describe('the installers’ configuration', () => {
  test('is valid by electron-builder’s schema', async () => {
    await expect(builder.validateConfiguration(configuration, log)).resolves.not.toThrow();
  });

  test('a wrong key would be found', async () => {
    await expect(builder.validateConfiguration({ ...configuration, asarUnpak: [] }, log)).rejects.toThrow(
      'asarUnpak',
    );
  });

  test('unpacks what PGlite opens by its path', () => {
    const packed = configuration.files.find(({ from }) => from === undefined)?.filter;
    for (const list of [packed, configuration.asarUnpack]) {
      expect(list).toContain('node_modules/@electric-sql/**');
      expect(list).toContain('node_modules/pglite-*/**');
    }
    for (const name of ['@electric-sql/pglite', '@electric-sql/pglite-pgvector', 'pglite-17'])
      expect(existsSync(`node_modules/${name}`)).toBe(true);
  });

  test('burns in the switches that keep the binary from being a general Node', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
