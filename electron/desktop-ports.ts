import { Notification, safeStorage, shell } from 'electron';
import { nodePorts, sealedSecrets } from '#core/platform/host/node-ports.ts';
import type { Ports } from '#core/platform/ports.ts';

/**
 * What the desktop gives to the application. Secrets are sealed by the system's keychain; on a Linux desktop without one
 * Electron would seal them with a password that everybody knows, so that they are kept as in a plain process there.
 */
export function desktopPorts(dataDir: string): Ports {
  const plain = nodePorts(dataDir);
  const hasKeychain = () =>
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text');
  return {
    network: plain.network,
    secrets: sealedSecrets(dataDir, plain.secrets, () => (hasKeychain() ? keychain : undefined)),
    notifications: {
      show: ({ title, body }) => {
        new Notification({ title, body }).show();
        return Promise.resolve();
      },
    },
    files: {
      reveal: (path) => {
        shell.showItemInFolder(path);
        return Promise.resolve();
      },
    },
  };
}

const keychain = {
  seal: (text: string) => safeStorage.encryptString(text).toString('base64'),
  open: (sealed: string) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
};
