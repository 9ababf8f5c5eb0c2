import type { Reading } from '../../timeline/index.ts';

/** The attributes of a launch configuration that say how a trace is read. */
export function launchReading(reading: Reading = {}): Readonly<Record<string, string>> {
  const { bar0, bar2, ...texts } = reading;
  return {
    ...texts,
    ...(bar0 === undefined ? {} : { bar0: `0x${bar0.toString(16)}` }),
    ...(bar2 === undefined ? {} : { bar2: `0x${bar2.toString(16)}` }),
  };
}
