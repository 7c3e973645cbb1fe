import { homedir } from 'node:os';
import path from 'node:path';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';

/**
 * Where a person's workspace is kept unless they say otherwise: `SATCHEL_DATA_DIR`, else the place that the operating
 * system has for an application's data.
 */
export function defaultDataDir(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  homeOf: () => string = homedir,
): string {
  const named = env['SATCHEL_DATA_DIR'];
  if (named) return path.resolve(named);
  const home = requireHome(homeOf);
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Satchel');
  if (platform === 'win32')
    return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Satchel');
  const shared = env['XDG_DATA_HOME'];
  // The specification has relative paths ignored.
  return path.join(
    shared && path.isAbsolute(shared) ? shared : path.join(home, '.local', 'share'),
    'satchel',
  );
}

/** An account without an entry in the system's list, as in some containers, has none. */
function requireHome(homeOf: () => string): string {
  try {
    return homeOf();
  } catch (cause) {
    throw new SatchelError(
      'invalid',
      say`Your home directory is not known, so there is no usual place for the data. Name one in SATCHEL_DATA_DIR.`,
      { cause },
    );
  }
}
