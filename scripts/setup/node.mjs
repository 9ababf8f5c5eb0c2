import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { nodeMajor } from '../lib/versions.mjs';

const platforms = { win32: 'win' };

/**
 * The Node that runs tests and code-server: this one where it is of the wanted major version, else one from npm.
 * Packages `node-<platform>-<arch>` carry Node's own binary and headers.
 * Returns the binary's path and the package's folder, whose headers native modules are built against.
 */
export async function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) === nodeMajor) return runningNode();
  const name = `node-${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const folder = path.join(cache, 'node24');
  const home = path.join(folder, 'node_modules', name);
  const binary = path.join(home, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  if (!existsSync(binary)) {
    console.log(`Installing Node ${nodeMajor} from npm (this is Node ${process.versions.node}) …`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
    await run(
      'npm',
      [
        'install',
        '--prefix',
        folder,
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        '--silent',
        `${name}@${nodeMajor}`,
      ],
      { cwd: folder },
    );
  }
  return { binary, home };
}

/** The environment in which `node` and `npm` are that Node. */
export function nodeEnvironment({ binary, home }) {
  const PATH = `${path.dirname(binary)}${path.delimiter}${process.env.PATH}`;
  return { ...process.env, PATH, npm_config_nodedir: home };
}

function runningNode() {
  return { binary: process.execPath, home: path.resolve(process.execPath, '../..') };
}
