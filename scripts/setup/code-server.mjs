import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { codeServerVersion } from '../lib/versions.mjs';
import { ensureNode, nodeEnvironment } from './node.mjs';

const folder = path.join(cache, 'code-server');
const home = path.join(folder, 'node_modules/code-server');
const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--silent'];

/**
 * VS Code as a server, from npm; installed once into the cache (about 90 s, 700 MB).
 * Returns its entry script and the Node to run it with.
 */
export async function ensureCodeServer() {
  const node = await ensureNode();
  const stamp = path.join(folder, 'installed-version');
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (installed !== codeServerVersion) {
    console.log(`Installing code-server ${codeServerVersion} from npm (once, about 90 s) …`);
    rmSync(folder, { recursive: true, force: true });
    await install(nodeEnvironment(node));
    // Written last, so that an installation that was interrupted starts over.
    writeFileSync(stamp, codeServerVersion);
  }
  return { entry: path.join(home, 'out/node/entry.js'), node: node.binary };
}

/** Install scripts are not run: one of them fetches from hosts other than the npm registry. What they do that is needed follows by hand. */
async function install(env) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
  await run('npm', ['install', '--prefix', folder, ...quiet, `code-server@${codeServerVersion}`], {
    cwd: folder,
    env,
  });
  const vscode = path.join(home, 'lib/vscode');
  await run('npm', ['install', '--omit=dev', ...quiet], { cwd: vscode, env });
  await buildNatives(vscode, env);
  linkHelper(path.join(vscode, 'bin/remote-cli/code-server'), 'code-linux.sh');
  linkHelper(path.join(vscode, 'bin/helpers/browser.sh'), 'browser-linux.sh');
}

/** spdlog writes the log files; native-watchdog ends extension hosts whose server is gone. VS Code runs without either, only less neatly, so a machine without a compiler is no failure. */
async function buildNatives(cwd, env) {
  try {
    await run('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--silent'], {
      cwd,
      env,
    });
  } catch (error) {
    console.log(`code-server goes without its native log and watchdog modules: ${error.message}`);
  }
}

function linkHelper(link, target) {
  if (process.platform !== 'linux' || existsSync(link)) return;
  symlinkSync(target, link);
}
