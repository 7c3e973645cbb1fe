import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';

/** The code of a Node file error, such as `ENOSPC`. */
export function fileErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** SQLite's and Node's words for a directory that cannot be used, as one error a person can act on. */
export function directoryProblem(error: unknown, path: string): SatchelError {
  const code = fileErrorCode(error);
  const text = error instanceof Error ? error.message : String(error);
  const details = { directory: path, ...(code && { code }) };
  if (code === 'ENOSPC' || code === 'EDQUOT' || /disk is full/.test(text)) return diskFull(path, error);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || /readonly|read-only/.test(text)) {
    return new SatchelError(
      'invalid',
      say`The directory ${path} cannot be written to. Give your user the right to write there, or choose another directory. Nothing was changed.`,
      { details, cause: error },
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new SatchelError('invalid', say`${path} is not a directory. Choose another place for the data.`, {
      details,
      cause: error,
    });
  }
  // The system lets nobody make anything there, as in /proc.
  if (code === 'ENOENT' || /unable to open database file/.test(text)) {
    return new SatchelError(
      'invalid',
      say`The directory ${path} cannot be written to, or does not exist. Choose another directory. Nothing was changed.`,
      { details, cause: error },
    );
  }
  return new SatchelError('internal', say`The data directory ${path} cannot be used: ${text}`, {
    details,
    cause: error,
  });
}

export function diskFull(path: string, cause: unknown): SatchelError {
  return new SatchelError(
    'busy',
    say`The disk that holds ${path} is full. Free some space and try again. What was saved before is safe; this change was not saved.`,
    { details: { directory: path, code: 'ENOSPC' }, cause },
  );
}
