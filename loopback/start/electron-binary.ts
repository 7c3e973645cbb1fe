import { spawn } from 'node:child_process';
import { access, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rootDirectory } from '../locations.ts';

const packageDirectory = path.join(rootDirectory, 'node_modules', 'electron');
const failureFile = path.join(rootDirectory, '.cache', 'electron-unavailable');
/** A laptop that was offline gets another chance; a network that blocks the download is not asked at every start. */
const retryAfterMs = 24 * 60 * 60_000;
const probeTimeoutMs = 4_000;
const downloadTimeoutMs = 5 * 60_000;

/**
 * The Electron binary, downloaded on the first start. It is not in the package registry, so it is not always to be had.
 *
 * @param note told before a download begins
 * @returns its path, or undefined
 */
export async function electronBinary(note: (line: string) => void): Promise<string | undefined> {
  const installed = await findInstalled();
  if (installed) return installed;
  if (await failedLately()) return undefined;
  if (await canDownload()) {
    note('Downloading Electron, once …');
    if (await download()) return findInstalled();
  }
  await rememberFailure();
  return undefined;
}

/** Whether there is a binary or one could be downloaded; for whoever cannot show its window anyway. */
export async function isElectronWithinReach(): Promise<boolean> {
  if (await findInstalled()) return true;
  if (await failedLately()) return false;
  if (await canDownload()) return true;
  await rememberFailure();
  return false;
}

/** In a checkout that may not be written to, the next start asks again. */
async function rememberFailure(): Promise<void> {
  try {
    await mkdir(path.dirname(failureFile), { recursive: true });
    await writeFile(failureFile, new Date().toISOString());
  } catch {
    // Nothing is lost but the seconds of asking.
  }
}

async function findInstalled(): Promise<string | undefined> {
  try {
    const name = await readFile(path.join(packageDirectory, 'path.txt'), 'utf8');
    const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
    const binary = path.join(override ?? path.join(packageDirectory, 'dist'), name);
    await access(binary);
    return binary;
  } catch {
    return undefined;
  }
}

async function failedLately(): Promise<boolean> {
  const failure = await stat(failureFile).catch(() => undefined);
  return failure !== undefined && Date.now() - failure.mtimeMs < retryAfterMs;
}

/** Asks for a moment whether the server of the downloads can be reached, since a blocked one may never answer. */
async function canDownload(): Promise<boolean> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
  return fetch(mirror, {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(probeTimeoutMs),
  }).then(
    () => true,
    () => false,
  );
}

function download(): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(packageDirectory, 'install.js')], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill(), downloadTimeoutMs);
    child.on('error', () => resolve(false));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}
