import type { Stage } from './scenario.ts';

/** Seconds of guest time that a step may take. */
const LOADING = 120;
const PROGRAM = 60;
const ENGINES = ['RCS0', 'BCS0', 'VCS0', 'VECS0'];

export async function loadDriver(stage: Stage): Promise<void> {
  const { pc, dmesg } = stage;
  stage.phase('loading i915');
  const { status, lines } = await pc.command('insmod /modules/i915.ko', LOADING);
  stage.check('i915 loads', status === 0, lines.join('; '));
  await stage.nameFunctions();
  // Outputs are looked for, and the console comes up, behind the driver's back.
  await pc.runFor(1);
  stage.check('detects the virtual GPU', dmesg.says(/Virtual GPU for Intel GVT-g detected/));
  stage.check('initialises', dmesg.says(/\[drm\] Initialized i915/));
  const devices = await pc.command('ls /dev/dri', PROGRAM);
  const nodes = devices.lines.join(' ').split(/\s+/);
  stage.check(
    'makes card0 and renderD128',
    ['card0', 'renderD128'].every((node) => nodes.includes(node)),
    nodes.join(' '),
  );
}

export async function runBatches(stage: Stage): Promise<void> {
  stage.phase('running batches');
  const { lines } = await stage.pc.command('gemtest', PROGRAM);
  for (const engine of ENGINES) {
    const line = lines.find((text) => text.includes(`gemtest ${engine} `)) ?? 'no word of it';
    stage.check(`a batch on ${engine}`, line.includes(`gemtest ${engine} OK`), line);
  }
}

export async function unloadDriver(stage: Stage): Promise<void> {
  stage.phase('unloading i915');
  // The console holds the driver for as long as it is drawn by it.
  const free = 'for c in /sys/class/vtconsole/vtcon*; do echo 0 > $c/bind; done 2>/dev/null';
  await stage.pc.command(free, PROGRAM);
  await stage.nameFunctions();
  const { status, lines } = await stage.pc.command('rmmod i915', LOADING);
  stage.check('i915 unloads', status === 0, lines.join('; '));
}

/** At the end: what the guest's log has to say against the device. */
export function checkLog(stage: Stage): void {
  const { errors } = stage.dmesg;
  stage.check('no error in the guest’s log', errors.length === 0, errors.slice(0, 5).join('\n'));
}
