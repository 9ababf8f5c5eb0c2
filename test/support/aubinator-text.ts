/** What aubinator's text and ours both say, in a form that can be compared. */
export interface Decoded {
  /** `1000 MI_BATCH_BUFFER_START 18800101`, in order. */
  readonly commands: string[];
  /** Per command, sorted: `fffefffee004 Flush LLC: false`; the address is that of the dword that the field ends in. */
  readonly fields: string[][];
  /** Contents of buffers, per command: one number each. */
  readonly data: number[][];
  /** Bytes of programs, per command, in order. */
  readonly kernels: number[][];
}

export function emptyDecoded(): Decoded {
  return { commands: [], fields: [], data: [], kernels: [] };
}

const COMMAND = /^0x([0-9a-f]+)(?: \(ACTHD\))?: {2}0x([0-9a-f]{8}): {2}(\S.*?)\s*$/;
const DWORD = /^0x([0-9a-f]+): {2}0x[0-9a-f]{8} : Dword \d+$/;
const FIELD = /^ {4}(\S.*?): (.*)$/;
const DATA =
  /^ {2} +(-?[0-9.]+|0x[0-9a-f]{8}|-?nan|-?inf)(?: +(?:-?[0-9.]+|0x[0-9a-f]{8}|-?nan|-?inf))*$/;
const INSTRUCTION =
  /^[a-z][a-z0-9_.]*( \w+)?\(\d+\)|^(?:nop|else|endif|while|do|jmpi|illegal)\b|^\(|^send/;

/** Reads the text that aubinator or aubinator_error_decode has made. Lines before the first command are left out. */
export function readAubinator(text: string): Decoded {
  const decoded = emptyDecoded();
  let address = '';
  let inKernel = false;
  let bytes = 0;
  const endKernel = () => {
    if (inKernel) decoded.kernels.at(-1)?.push(bytes);
    inKernel = false;
  };
  for (const line of text.split('\n')) {
    const command = COMMAND.exec(line);
    if (command !== null) {
      endKernel();
      const [, at = '', dword = '', name = ''] = command;
      decoded.commands.push(`${plainHex(at)} ${name} ${dword}`);
      decoded.fields.push([]);
      decoded.data.push([]);
      decoded.kernels.push([]);
      continue;
    }
    if (line.startsWith('Referenced ')) {
      endKernel();
      inKernel = true;
      bytes = 0;
      continue;
    }
    if (inKernel && INSTRUCTION.test(line)) bytes += 16;
    if (inKernel && / compacted /.test(line)) bytes -= 8;
    const dword = DWORD.exec(line);
    if (dword !== null) address = plainHex(dword[1] ?? '');
    const field = FIELD.exec(line);
    if (field !== null && !inKernel) {
      decoded.fields.at(-1)?.push(`${address} ${field[1]}: ${normal(field[2] ?? '')}`);
    } else if (!inKernel && DATA.test(line)) {
      decoded.data.at(-1)?.push(...line.trim().split(/ +/).map(Number));
    }
  }
  endKernel();
  for (const fields of decoded.fields) fields.sort();
  return decoded;
}

/** As far as the two may differ: names of surface formats have a prefix there, structures have brackets. */
function normal(value: string): string {
  return value.replace('(ISL_FORMAT_', '(').replace(/^<struct (.*)>$/, '$1');
}

function plainHex(digits: string): string {
  return BigInt(`0x${digits}`).toString(16);
}

/** A line of a dump, and the fields of the register that it gives the value of. */
export interface DumpLine {
  readonly text: string;
  /** `Ring Buffer Enable: true`, in order. */
  readonly fields: string[];
}

/** Lines before the first buffer. What aubinator_error_decode adds itself, but for fields, is left out. */
export function readDumpLines(text: string): DumpLine[] {
  const lines: DumpLine[] = [];
  for (const line of text.slice(0, text.indexOf('\n---')).split('\n')) {
    const field = FIELD.exec(line);
    if (field !== null) lines.at(-1)?.fields.push(`${field[1]}: ${field[2]}`);
    else if (!DWORD.test(line) && !OWN_WORDS.test(line)) {
      lines.push({ text: dumpText(line), fields: [] });
    }
  }
  return lines;
}

/** What is said of chipset, ring head and faulting address. */
const OWN_WORDS = /^Detected GEN|^ {4}head = |^ {4}Address /;

/** As far as it matters how a line is set. */
export function dumpText(line: string): string {
  const told = line.replace(/ = |=|: */, ': ');
  return told.replace(/\s+/g, ' ').trim();
}
