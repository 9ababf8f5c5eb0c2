/** How a picture is scanned out: counts of pixels and lines, and the clock. */
export interface Timing {
  readonly width: number;
  readonly height: number;
  /** Pixels behind the visible ones: front porch, sync, and all of the blanking. */
  readonly horizontal: Blanking;
  /** Lines. */
  readonly vertical: Blanking;
  readonly clockKhz: number;
  readonly hsyncPositive: boolean;
  readonly vsyncPositive: boolean;
}

export interface Blanking {
  readonly front: number;
  readonly sync: number;
  readonly total: number;
}

/** Constants of VESA Coordinated Video Timings 1.2. Lines and pixels, and microseconds. */
const CELL = 8;
const FRONT_LINES = 3;
const LEAST_BACK_LINES = 6;
const CLOCK_STEP_KHZ = 250;
const REDUCED = { blanking: 160, sync: 32, front: 48, leastBlankUs: 460 } as const;
const NORMAL = { leastSyncAndBackUs: 550, leastDuty: 20, syncShare: 0.08 } as const;

/** Lines of vertical sync say the shape of the picture: width to height, rounded to cells. */
const SHAPES = [
  [4, 3, 4],
  [16, 9, 5],
  [16, 10, 6],
  [5, 4, 7],
  [15, 9, 7],
] as const;
const OTHER_SHAPE = 10;

/** Timing by CVT, with reduced blanking (version 1) or as tubes need it. `rate` in Hz. */
export function cvtTiming(width: number, height: number, rate = 60, reduced = true): Timing {
  const cells = width - (width % CELL);
  return reduced ? reducedTiming(cells, height, rate) : normalTiming(cells, height, rate);
}

function reducedTiming(width: number, height: number, rate: number): Timing {
  const sync = syncLines(width, height);
  const linePeriod = (1e6 / rate - REDUCED.leastBlankUs) / height;
  const lines = Math.floor(REDUCED.leastBlankUs / linePeriod) + 1;
  const vertical = Math.max(lines, FRONT_LINES + sync + LEAST_BACK_LINES);
  const total = (width + REDUCED.blanking) * (height + vertical);
  return {
    width,
    height,
    horizontal: { front: REDUCED.front, sync: REDUCED.sync, total: REDUCED.blanking },
    vertical: { front: FRONT_LINES, sync, total: vertical },
    clockKhz: stepped((rate * total) / 1000),
    hsyncPositive: true,
    vsyncPositive: false,
  };
}

function normalTiming(width: number, height: number, rate: number): Timing {
  const sync = syncLines(width, height);
  const period = (1e6 / rate - NORMAL.leastSyncAndBackUs) / (height + FRONT_LINES);
  const lines = Math.floor(NORMAL.leastSyncAndBackUs / period) + 1;
  const syncAndBack = Math.max(lines, sync + LEAST_BACK_LINES);
  // The share of blanking in a line: CVT's C' of 30 and M' of 300.
  const duty = Math.max(30 - (300 * period) / 1000, NORMAL.leastDuty);
  const blanking = Math.floor((width * duty) / (100 - duty) / (2 * CELL)) * 2 * CELL;
  const total = width + blanking;
  const horizontalSync = Math.floor((NORMAL.syncShare * total) / CELL) * CELL;
  return {
    width,
    height,
    horizontal: {
      front: blanking - horizontalSync - blanking / 2,
      sync: horizontalSync,
      total: blanking,
    },
    vertical: { front: FRONT_LINES, sync, total: FRONT_LINES + syncAndBack },
    clockKhz: stepped((total / period) * 1000),
    hsyncPositive: false,
    vsyncPositive: true,
  };
}

function syncLines(width: number, height: number): number {
  for (const [across, down, lines] of SHAPES) {
    if (CELL * Math.floor((height * across) / down / CELL) === width) return lines;
  }
  return OTHER_SHAPE;
}

function stepped(khz: number): number {
  return Math.floor(khz / CLOCK_STEP_KHZ) * CLOCK_STEP_KHZ;
}
