import type { Stage } from './scenario.ts';

const FRAMES = 120;
/** Frames a second: the monitor's 60, but for the first ones, for which shaders are compiled. */
const SLOWEST = 55;
const FASTEST = 62;
/** Seconds of guest time. */
const LONGEST = 120;

/** A cube that Mesa draws through the driver, on the monitor, picture by picture with page flips. */
export async function runCube(stage: Stage): Promise<void> {
  stage.phase('drawing a cube');
  const command = `MESA_LOADER_DRIVER_OVERRIDE=iris kmscube -c ${FRAMES} 2>&1`;
  const { status, lines } = await stage.pc.command(command, LONGEST);
  const text = lines.filter((line) => !/extensions:/.test(line)).join('; ');
  stage.check('kmscube ends well', status === 0, text);
  stage.check('Mesa uses its driver for this GPU', /renderer: "Mesa Intel/.test(text), text);
  const [, frames, rate] = /Rendered (\d+) frames in [\d.]+ sec \(([\d.]+) fps\)/.exec(text) ?? [];
  // The first one is shown before it counts.
  stage.check('draws every picture', Number(frames) >= FRAMES - 1, text);
  const speed = Number(rate);
  stage.check('as fast as the monitor shows them', speed >= SLOWEST && speed <= FASTEST, text);
}
