import { z } from 'zod';

/** An option that is a number from 0 on. */
export function wholeNumber(most: number) {
  const problem = `Use a whole number from 0 to ${most.toLocaleString('en')}.`;
  return z
    .string()
    .regex(/^\d+$/u, problem)
    .transform(Number)
    .refine((number) => number <= most, problem);
}
