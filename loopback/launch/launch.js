/**
 * The way in for whatever Node a person has. In a checkout Satchel brings the Node that it needs (package `node`) and npm's
 * scripts find that one by themselves, but an installed `satchel`, or a file started by hand, runs on the machine's own.
 * Then another one is looked for: that package in the checkout or beside the installed one, and a newer Node further
 * along the path. Plain JavaScript in words that Node 18 reads.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

const neededMajor = 24;

/**
 * Runs a program of Satchel in this process if its Node can, else on another Node of this machine that can. Ends with
 * one line and a status of 1 where there is none.
 *
 * @param {URL} program
 */
export async function launch(program) {
  if (Number.parseInt(process.versions.node, 10) < neededMajor) {
    runOnOtherNode();
    return;
  }
  try {
    await import(program.href);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    complain('Satchel’s packages are not installed: run "npm ci" in its folder first.');
  }
}

/** Starts again from the beginning, on a Node that can. */
function runOnOtherNode() {
  const node = nodeOfPackage() ?? nodeOnPath();
  if (node === undefined) {
    complain(
      `Satchel needs Node ${neededMajor} and this is ${process.versions.node}. In a checkout "npm ci" brings the right one; where Satchel is installed, install the package node@${neededMajor} beside it with npm, or a newer Node.`,
    );
    return;
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends Ctrl+C to both, a supervisor only to this one. Passed on as another signal it never counts as a
  // second Ctrl+C, which would cut the orderly end short.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill('SIGTERM'));
  }
  child.on('error', (error) => complain(`${node} does not run here: ${error.message}`));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

const programName = process.platform === 'win32' ? 'node.exe' : 'node';

/** The program of the package `node`, as far as it was installed: its binary comes by a script of its own. */
function nodeOfPackage() {
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const program = path.join(folder, 'bin', programName);
    return isNewEnough(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** A Node that comes later on the path than the one that runs. */
function nodeOnPath() {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, programName))
    .find(isNewEnough);
}

/** @param {string} program */
function isNewEnough(program) {
  if (!existsSync(program)) return false;
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return Number.parseInt((stdout ?? '').replace(/^v/, ''), 10) >= neededMajor;
}

/** @param {string} line */
function complain(line) {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}
