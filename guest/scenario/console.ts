import { type ConsoleText, misreadConsole } from './console-text.ts';
import type { Stage } from './scenario.ts';

/** Seconds of guest time. */
const SHORT = 10;
const LONG = 60;
const WRITTEN = 'The quick brown fox jumps over 13 lazy dogs: "#%&()*+,-./;<=>?@[]^_{|}~"';
const LINES = [1, 2, 3, 4, 5];

/** Has the console come up on the monitor, and does the monitor show what is written on it? */
export async function checkConsole(stage: Stage): Promise<void> {
  const { pc, dmesg } = stage;
  stage.phase('drawing the console');
  const connectors = await pc.command('grep -H . /sys/class/drm/card0-*/status', SHORT);
  const connected = connectors.lines.filter((line) => /:connected$/.test(line));
  stage.check('finds the monitor', connected.length === 1, connectors.lines.join('; '));
  stage.check('makes it the console', dmesg.says(/switching to colour frame buffer device/));
  const write = `for i in ${LINES.join(' ')}; do echo 'vgpu '$i' ${WRITTEN}' > /dev/tty1; done`;
  const { status } = await pc.command(write, LONG);
  stage.check('writes on it', status === 0);
  await pc.runFor(1);
  const text = await consoleText(stage);
  const said = new TextDecoder('latin1').decode(text.characters);
  const all = LINES.every((line) => said.includes(`vgpu ${line} ${WRITTEN}`));
  stage.check('has the text', all, said.replaceAll(/ {2,}/g, '  '));
  const wrong = misreadConsole(pc.screen(), text);
  stage.check('shows the text on the monitor', wrong === undefined, wrong);
}

/** The kernel's own copy of what the first console shows; behind four bytes on size and cursor, also with colours. */
async function consoleText({ pc }: Stage): Promise<ConsoleText> {
  const size = await pc.command('head -c 4 /dev/vcsa1 | od -An -v -tu1', SHORT, 'listing');
  const [rows = 0, columns = 0, column = 0, row = 0] = size.lines
    .join(' ')
    .trim()
    .split(/\s+/)
    .map(Number);
  const dump = await pc.command('od -An -v -tx1 /dev/vcs1', LONG, 'listing');
  const characters = Uint8Array.from(dump.lines.join(' ').trim().split(/\s+/), (byte) =>
    parseInt(byte, 16),
  );
  return { rows, columns, cursor: { column, row }, characters };
}
