import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, run } from './run.mjs';

/** Written once into a new user folder; afterwards the settings are the user's own. */
const firstSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  // Newcomers should see variables and call stack without having to know of the view.
  'debug.openDebug': 'openOnSessionStart',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  // The samples lie inside a repository; asking whether to open that would greet every newcomer.
  'git.openRepositoryInParentFolders': 'never',
};
/** Milliseconds until a server that does not answer is given up. */
const startTimeout = 60_000;

/**
 * Starts VS Code as a server on the loopback address, without a password, with settings and extensions of its own
 * below `folder`. Returns {url, exited, stop()}. Throws CommandError with the server's log where it does not start.
 */
export async function startCodeServer({
  installation,
  folder,
  port,
  vsix,
  extraArguments = [],
  env = {},
}) {
  const base = baseArguments(installation, folder);
  if (vsix !== undefined) {
    const install = ['--install-extension', vsix, '--force'];
    await run(installation.node, [...base, ...install], {
      capture: true,
      env: serverEnvironment(env),
    });
  }
  const logFile = path.join(folder, 'server.log');
  const log = openSync(logFile, 'w');
  const child = spawn(installation.node, [...base, ...serverArguments(port), ...extraArguments], {
    env: serverEnvironment(env),
    stdio: ['ignore', log, log],
    // A process group of its own: Ctrl-C reaches only this script, which then ends the server and all its children.
    detached: true,
  });
  closeSync(log);
  const exited = new Promise((resolve) => child.on('exit', resolve));
  child.on('error', () => {});
  const url = `http://127.0.0.1:${port}`;
  const stop = () => stopGroup(child, exited);
  if (!(await answers(url, child))) {
    await stop();
    throw new CommandError(`VS Code's server did not start:\n${readFileSync(logFile, 'utf8')}`);
  }
  return { url, exited, stop };
}

function baseArguments(installation, folder) {
  const settings = path.join(folder, 'user-data/User/settings.json');
  const config = path.join(folder, 'config.yaml');
  mkdirSync(path.dirname(settings), { recursive: true });
  mkdirSync(path.join(folder, 'extensions'), { recursive: true });
  if (!existsSync(settings)) writeFileSync(settings, `${JSON.stringify(firstSettings, null, 2)}\n`);
  // Without a configuration of its own the server would write one into the user's home.
  writeFileSync(config, '');
  const data = ['--user-data-dir', path.join(folder, 'user-data')];
  return [
    installation.entry,
    '--config',
    config,
    ...data,
    '--extensions-dir',
    path.join(folder, 'extensions'),
  ];
}

function serverArguments(port) {
  const flags = ['telemetry', 'update-check', 'workspace-trust', 'getting-started-override'];
  return [
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    ...flags.map((flag) => `--disable-${flag}`),
  ];
}

/** A server started from a terminal inside VS Code must not talk to that VS Code. */
function serverEnvironment(env) {
  const { VSCODE_IPC_HOOK_CLI: _outer, ...inherited } = process.env;
  return { ...inherited, ...env };
}

async function answers(url, child) {
  const end = Date.now() + startTimeout;
  while (Date.now() < end && child.exitCode === null && child.pid !== undefined) {
    if (await isHealthy(url)) return true;
    await delay(100);
  }
  return false;
}

function isHealthy(url) {
  return new Promise((resolve) => {
    const request = http.get(`${url}/healthz`, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
  });
}

async function stopGroup(child, exited) {
  if (child.pid === undefined) return;
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([exited, delay(5_000, undefined, { ref: false })]);
  // Extension hosts outlive their server for a moment while they wait for it to come back.
  for (let tries = 0; tries < 20 && signalGroup(child.pid, 0); tries++) await delay(100);
  signalGroup(child.pid, 'SIGKILL');
}

/** Whether there was anybody left to receive the signal. */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
