// `npm run test:electron`: the tests inside the extension host, in a desktop VS Code that is installed here.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { findExecutable } from '../lib/find-executable.mjs';
import { root, samples } from '../lib/paths.mjs';
import { CommandError, run, runMain } from '../lib/run.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';

await runMain(async () => {
  await ensureDependencies();
  const vscodeExecutablePath = findDesktopVsCode();
  await run(process.execPath, [path.join(root, 'scripts/build.mjs')], { cwd: root });
  const suite = path.join(root, '.cache/in-host/suite.cjs');
  await run(process.execPath, [path.join(root, 'scripts/test/build-in-host.mjs')], { cwd: root });
  const { runTests } = await import('@vscode/test-electron');
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      launchArgs: [samples, '--disable-extensions', '--disable-workspace-trust'],
    });
  } catch (error) {
    throw new CommandError(`The tests in desktop VS Code failed: ${error.message ?? error}`);
  }
});

/** VS Code's program itself: `code` on the PATH is a script that hands over to it and returns at once. */
function findDesktopVsCode() {
  const { VSCODE_PATH } = process.env;
  if (VSCODE_PATH !== undefined) {
    if (existsSync(VSCODE_PATH)) return VSCODE_PATH;
    throw new CommandError(`VSCODE_PATH names ${VSCODE_PATH}, which does not exist.`);
  }
  const script = findExecutable('code', 'code-insiders');
  if (script !== undefined) {
    const home = path.resolve(realpathSync(script), '../..');
    const names = ['code', 'code-insiders', 'Code.exe', '../../MacOS/Electron'];
    const program = names.map((name) => path.join(home, name)).find((file) => existsSync(file));
    if (program !== undefined) return program;
  }
  throw new CommandError(
    'No desktop VS Code was found: put `code` on the PATH, or set VSCODE_PATH to its program. `npm run test:vscode` runs the same tests in code-server.',
  );
}
