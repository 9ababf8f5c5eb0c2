/** Lines of what a device did, and nothing else. */
const RESULTS = /^(CMD|DW|IRQ|CSR|CSW) /;
/** A read of any space: all but its value, and what stands behind it. */
const READ = /^([ACI]?R \d [0-9a-f]+) [0-9a-f?]+(.*)$/;
/** A note with its own time. */
const TIMED_NOTE = /^# (\d+\.\d{6}) /;

/**
 * A recording without its answers: what remains is what the driver did and showed, and when. Of notes only the time
 * is kept, as they move the clock of what follows.
 */
export function strip(recording: string): string {
  const kept: string[] = [];
  for (const line of recording.split('\n')) {
    if (RESULTS.test(line)) continue;
    const note = TIMED_NOTE.exec(line);
    if (note !== null) kept.push(`T ${note[1]}`);
    else if (!line.startsWith('# ')) kept.push(line.replace(READ, '$1$2'));
  }
  return kept.join('\n');
}
