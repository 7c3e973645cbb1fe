import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type ConnectedClient, createContractClient } from '#shared/contract/client.ts';
import { socketTransport } from '../support/socket-transport.ts';

const readySchema = z.object({ ready: z.literal(true), port: z.number(), address: z.string() });
const figuresSchema = z.object({
  blockedMilliseconds: z.number(),
  busyMilliseconds: z.number(),
  computedMilliseconds: z.number(),
  residentMegabytes: z.number(),
  peakMegabytes: z.number(),
});
export type ProcessFigures = z.infer<typeof figuresSchema>;

/** The application in a process of its own, and a client of it over the loopback socket, as a window has one. */
export class RunningApp implements AsyncDisposable {
  readonly client: ConnectedClient;
  /** From starting the process to the answer to the first call, in milliseconds. */
  readonly startMilliseconds: number;
  readonly #process: ChildProcess;
  readonly #lines: Interface;
  readonly #pages: string;

  private constructor(parts: {
    client: ConnectedClient;
    startMilliseconds: number;
    process: ChildProcess;
    lines: Interface;
    pages: string;
  }) {
    this.client = parts.client;
    this.startMilliseconds = parts.startMilliseconds;
    this.#process = parts.process;
    this.#lines = parts.lines;
    this.#pages = parts.pages;
  }

  static async start(dataDir: string): Promise<RunningApp> {
    const pages = await mkdtemp(path.join(os.tmpdir(), 'satchel-pages-'));
    await writeFile(path.join(pages, 'index.html'), '<!doctype html><title>Satchel</title>');
    const started = performance.now();
    const program = fileURLToPath(new URL('app-process.ts', import.meta.url));
    const child = spawn(process.execPath, [program, dataDir, pages], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const { port, address } = readySchema.parse(JSON.parse(await nextLine(lines)));
    const answer = await fetch(address, { redirect: 'manual' });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const client = createContractClient(socketTransport(port, cookie));
    await client.api.workspace.status({});
    return new RunningApp({
      client,
      startMilliseconds: performance.now() - started,
      process: child,
      lines,
      pages,
    });
  }

  /**
   * Since the last question: how late its main thread was at most, and how much that thread computed at a stretch (on a
   * busy machine it is late without that). Since its start: what all its threads computed, and its memory at the peak.
   */
  figures(): Promise<ProcessFigures> {
    return this.#ask('figures');
  }

  /** Milliseconds that all its threads have computed since its start. */
  async computed(): Promise<number> {
    return (await this.#ask('computed')).computedMilliseconds;
  }

  async #ask(question: 'figures' | 'computed'): Promise<ProcessFigures> {
    const line = nextLine(this.#lines);
    this.#process.stdin?.write(`${question}\n`);
    return figuresSchema.parse(JSON.parse(await line));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.close();
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.stdin?.write('close\n');
    await ended;
    await rm(this.#pages, { recursive: true, force: true });
  }
}

function nextLine(lines: Interface): Promise<string> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('The application ended before it answered.'));
    lines.once('close', ended);
    lines.once('line', (line) => {
      lines.off('close', ended);
      resolve(line);
    });
  });
}
