import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where Node keeps what it made of our sources, so that a start need not strip types and compile again: below the person's
 * own caches, since whoever could write there could make Satchel run their code.
 */
export function codeCacheDirectory(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'Satchel', 'code');
  if (platform === 'win32')
    return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'Satchel', 'Cache', 'code');
  const caches = env['XDG_CACHE_HOME'];
  // The specification has relative paths ignored.
  return path.join(caches && path.isAbsolute(caches) ? caches : path.join(home, '.cache'), 'satchel', 'code');
}
