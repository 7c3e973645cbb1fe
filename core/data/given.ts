/** Whether there is a value at all; an empty cell is null, a column that is not mapped is undefined. */
export function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
