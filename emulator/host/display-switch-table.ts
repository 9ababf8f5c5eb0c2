import type { Platform } from '../mmio/register-row.ts';

/** Planes' registers, as offsets from a plane's first one; the surface last, since its write takes effect (gvt-facts §9). */
const SKL_PLANE = [0x188, 0x18c, 0x190, 0x194, 0x198, 0x1a0, 0x1a4, 0x1c0, 0x180, 0x19c];
const SKL_PLANES = 3;
const CURSOR = [0x70088, 0x70080, 0x70084];
/** Scalers, two a pipe: window position, window size, control. */
const SKL_SCALER = [0x68170, 0x68174, 0x68180];

/** Broadwell: primary plane DSPSTRIDE, DSPOFFSET, DSPCNTR, DSPSURF; the panel fitter's position, size, control. */
const BDW_PRIMARY = [0x70188, 0x701a4, 0x70180, 0x7019c];
const BDW_SPRITE = [0x70288, 0x7028c, 0x70290, 0x702a4, 0x70280, 0x7029c];
const BDW_FITTER = [0x68070, 0x68074, 0x68080];

const PIPES = [0, 1, 2];

/**
 * Registers that a display switch writes, pipe by pipe in this order, the panel fitter behind the planes
 * (gvt-facts §14.4).
 */
export function displayRegisters(platform: Platform): readonly number[] {
  return platform === 'bdw' ? PIPES.flatMap(broadwellPipe) : PIPES.flatMap(skylakePipe);
}

function skylakePipe(pipe: number): number[] {
  const planes = Array.from({ length: SKL_PLANES }, (_, plane) =>
    SKL_PLANE.map((offset) => 0x70000 + offset + plane * 0x100 + pipe * 0x1000),
  ).flat();
  // Pipe C has one scaler only.
  const scalers = (pipe === 2 ? [0] : [0, 1]).flatMap((scaler) =>
    SKL_SCALER.map((offset) => offset + scaler * 0x100 + pipe * 0x800),
  );
  return [...planes, ...CURSOR.map((offset) => offset + pipe * 0x1000), ...scalers];
}

function broadwellPipe(pipe: number): number[] {
  const planes = [...BDW_PRIMARY, ...BDW_SPRITE, ...CURSOR];
  return [
    ...planes.map((offset) => offset + pipe * 0x1000),
    ...BDW_FITTER.map((offset) => offset + pipe * 0x800),
  ];
}
