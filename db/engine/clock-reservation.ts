import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileDurably } from './durable-write.ts';
import { fileErrorCode } from './file-problems.ts';
import type { Reservation } from './hybrid-clock.ts';

const fileSchema = z.object({ reserved: z.number().int().nonnegative() });

/** The reservation of the hybrid clock in a file of the data directory. */
export class ClockReservation implements Reservation {
  readonly #path: string;
  #reserved: number;

  constructor(path: string) {
    this.#path = path;
    this.#reserved = readReserved(path);
  }

  get reserved(): number {
    return this.#reserved;
  }

  reserve(milliseconds: number): void {
    writeFileDurably(this.#path, JSON.stringify({ reserved: milliseconds }));
    this.#reserved = milliseconds;
  }
}

function readReserved(path: string): number {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).reserved;
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
