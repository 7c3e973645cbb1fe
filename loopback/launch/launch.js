/**
 * The way in for whatever Node a person has. Satchel needs the Node that it brings along (package `node`); npm's scripts
 * find that one by themselves, but an installed `satchel`, or a file started by hand, runs on the machine's own. Plain
 * JavaScript in words that Node 18 reads.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;

/**
 * Runs a program of Satchel in this process if its Node can, else on the Node that Satchel brings. Ends with one line
 * and a status of 1 where there is none.
 *
 * @param {URL} program
 */
export async function launch(program) {
  if (Number.parseInt(process.versions.node, 10) < neededMajor) {
    runOnOwnNode(program);
    return;
  }
  try {
    await import(program.href);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    complain('Satchel’s packages are not installed: run "npm ci" in its folder first.');
  }
}

/** @param {URL} program */
function runOnOwnNode(program) {
  const node = ownNode();
  if (node === undefined) {
    complain(
      `Satchel needs Node ${neededMajor} and this is ${process.versions.node}. In a checkout "npm ci" brings the right one; elsewhere install it.`,
    );
    return;
  }
  const child = spawn(node, [fileURLToPath(program), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl+C to both, a supervisor only to this one. Passed on as another signal it never counts as a
  // second Ctrl+C, which would cut the orderly end short.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill('SIGTERM'));
  }
  child.on('error', (error) => complain(`Satchel’s own Node does not run here: ${error.message}`));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

/** The program of the package `node`, as far as it was installed: its binary comes by a script of its own. */
function ownNode() {
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const program = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} line */
function complain(line) {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}
