import type { Word, WordRole } from './word.ts';

/** How lines of a log look: named groups are roles of words, with a number behind where one comes again. */
interface LineShape {
  readonly formats: readonly string[];
  readonly shape: RegExp;
}

/** Longest part of a line that is taken apart: buffers in error states have millions of characters. */
const MOST_CHARACTERS = 2000;

/** Lines whose words only their order tells apart. */
const SHAPES: readonly LineShape[] = [
  {
    formats: ['mmiotrace'],
    shape:
      /^(?:(?<read>R)|(?<write>W)) (?<size>[1248]) (?<time>\d+\.\d+) \d+ (?<place>0x[0-9a-f]+) (?<value>0x[0-9a-f]+)/di,
  },
  { formats: ['mmiotrace'], shape: /^(?<keyword>MARK) (?<time>\d+\.\d+) (?<note>.*)$/d },
  {
    formats: ['mmiotrace'],
    shape: /^(?<keyword>MAP|UNMAP|UNKNOWN|VERSION|PCIDEV|LSPCI)\b(?: (?<time>\d+\.\d+))?/d,
  },
  {
    formats: ['mmio-diff'],
    shape: /^(?<place>[0-9a-f]{8}) (?<value>[0-9a-f]{8}) (?<value2>[0-9a-f]{8}) (?<text>[\d,-]+)/di,
  },
  {
    formats: ['intel-reg'],
    shape:
      /^\s*(?:(?<name>\S.*?) +)?\((?<place>0x[0-9a-f]{8})\): (?<value>0x[0-9a-f]{8})(?: \((?<text>.*)\))?/di,
  },
  // What stands before the place names the device, and may be anything.
  {
    formats: ['qemu'],
    shape:
      /^(?:\d+@(?<time>\d+\.\d+):)?(?<keyword>vfio_region_read) +\(.*:region\d+\+(?<place>0x[0-9a-f]+), (?<size>\d+)\) = (?<value>0x[0-9a-f]+)/di,
  },
  {
    formats: ['qemu'],
    shape:
      /^(?:\d+@(?<time>\d+\.\d+):)?(?<keyword>vfio_region_write) +\(.*:region\d+\+(?<place>0x[0-9a-f]+) *, (?<value>0x[0-9a-f]+), (?<size>\d+)\)/di,
  },
  {
    formats: ['qemu'],
    shape:
      /^(?:\d+@(?<time>\d+\.\d+):)?(?<keyword>vfio_pci_read_config) +\(.*, @(?<place>0x[0-9a-f]+), len=(?<size>0x[0-9a-f]+)\) (?<value>0x[0-9a-f]+)/di,
  },
  {
    formats: ['qemu'],
    shape:
      /^(?:\d+@(?<time>\d+\.\d+):)?(?<keyword>vfio_pci_write_config) +\(.*, @(?<place>0x[0-9a-f]+), (?<value>0x[0-9a-f]+), len=(?<size>0x[0-9a-f]+)\)/di,
  },
  {
    formats: ['libvfio-user'],
    shape:
      /(?<text>region\d+): (?:(?<read>read)|(?<write>wrote)) (?<value>0x[0-9a-f]+) (?:from|to) \((?<place>(?:0x)?[0-9a-f]+):(?<size>\d+)\)/di,
  },
  {
    formats: ['error-state'],
    shape:
      /^\s+(?<name>[A-Z][A-Z0-9_]*(?: [A-Z]+)?(?:\[\d+\])*): +(?<value>0x[0-9a-f]+(?:[ _][0-9a-f]{8})?)/d,
  },
  {
    formats: ['error-state'],
    shape: /^(?<name>[A-Z][A-Z0-9_]*(?:\[\d+\])*): (?<value>0x[0-9a-f]+)/d,
  },
  {
    formats: ['error-state'],
    shape: /^\s+(?<name>fence\[\d+\]) = (?<value>[0-9a-f]+(?:_[0-9a-f]+)?)/d,
  },
  { formats: ['error-state'], shape: /^(?<engine>[a-z]+\d) (?<keyword>command stream):/d },
  {
    formats: ['error-state'],
    shape: /^(?<engine>[a-z]+\d) (?:\(.*\) )?--- (?<text>[^=]+?) = (?<value>0x[0-9a-f ]+)/d,
  },
  { formats: ['error-state'], shape: /^(?<headerKey>[A-Za-z][\w .?]*):(?<headerValue>.+)$/d },
  // GVT-g's events that name a register.
  {
    formats: ['ftrace'],
    shape:
      / (?<time>\d+\.\d{6}): (?<keyword>write_ir): VM\d+ write \[(?<text>\w+)\] (?<place>[0-9a-f]+), new (?<value>[0-9a-f]+), old (?<value2>[0-9a-f]+)/d,
  },
  {
    formats: ['ftrace'],
    shape:
      / (?<time>\d+\.\d{6}): (?<keyword>render_mmio): .* reg (?<place>[0-9a-f]+), old (?<value>[0-9a-f]+) new (?<value2>[0-9a-f]+)/d,
  },
  {
    formats: ['lspci'],
    shape: /^(?<place>(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) (?<text>.*)$/d,
  },
];

/** Words of the logs that say what they show: `addr 0x40 value 0x1 size 4`, `reg=0x40, len=4, val=(0x1, 0x0)`. */
const NAMED: readonly (readonly [RegExp, WordRole])[] = [
  [/(?<=^|[ @])\d+\.\d{6}(?=[: ])/g, 'time'],
  [/(?<=\b(?:addr|reg|gpa|off|offset|address)[ =]\(?)(?:0x)?[0-9a-f]+/gi, 'place'],
  [/(?<=\b(?:value|val|data)[ =]\(?)(?:0x)?[0-9a-f]+/gi, 'value'],
  [/(?<=\b(?:size|len)[ =])\d+/g, 'size'],
  [/\b[a-z][a-z0-9]*_[a-z0-9_]+(?=[: ])/g, 'keyword'],
  [/\bread\b/g, 'read'],
  [/\bwrite\b/g, 'write'],
  [/(?<=')[^']+(?=')/g, 'text'],
];

/** Takes a line of a log apart as far as its format is known. Words come in order and never overlap. */
export function logWords(format: string | undefined, line: string): readonly Word[] {
  const text = line.slice(0, MOST_CHARACTERS);
  if (/^\s*#/.test(text)) return [{ role: 'comment', start: 0, end: text.length, text }];
  if (format === 'lspci' && CONFIG_ROW.test(text)) return configWords(text);
  const command = format === 'ftrace' ? RAW_COMMAND.exec(text) : null;
  if (command !== null) return commandWords(command);
  for (const { formats, shape } of SHAPES) {
    if (format === undefined || !formats.includes(format)) continue;
    const match = shape.exec(text);
    if (match !== null) return wordsOf(match);
  }
  return namedWords(text);
}

/** GVT-g's gvt_command: a command as its scanner read it. */
const RAW_COMMAND =
  / (?<time>\d+\.\d{6}): (?<keyword>gvt_command): .*\(name=(?<text>\w+),len=(?<size>\d+),raw cmd=\{(?<dwords>[0-9a-fx,]*)/d;

/** The first dword is the command, the others are what belongs to it. */
function commandWords(match: RegExpExecArray): readonly Word[] {
  const { dwords: span, ...groups } = match.indices?.groups ?? {};
  const words = Object.entries(groups).flatMap(([role, found]) => wordAtSpan(match, role, found));
  const [from = 0, to = 0] = span ?? [];
  const dwords = [...match.input.slice(from, to).matchAll(/[0-9a-f]{1,8}\b/g)];
  return [
    ...words,
    ...dwords.map(({ index, 0: text }, at): Word => {
      const start = from + index;
      return { role: at === 0 ? 'command' : 'bytes', start, end: start + text.length, text };
    }),
  ].sort((a, b) => a.start - b.start);
}

/** Offset and sixteen bytes of a configuration space. */
const CONFIG_ROW = /^[0-9a-f]{2,3}:(?: [0-9a-f]{2}){16}\s*$/;

function configWords(text: string): readonly Word[] {
  return [...text.matchAll(/[0-9a-f]+/g)].map(({ index: start, 0: found }, at) => ({
    role: at === 0 ? 'place' : 'bytes',
    start,
    end: start + found.length,
    text: found,
  }));
}

function wordsOf(match: RegExpExecArray): readonly Word[] {
  const groups = Object.entries(match.indices?.groups ?? {});
  return groups
    .flatMap(([name, span]) => wordAtSpan(match, name, span))
    .sort((a, b) => a.start - b.start);
}

/** Groups are called after roles. */
function wordAtSpan(
  match: RegExpExecArray,
  group: string,
  span: readonly [number, number] | undefined,
): readonly Word[] {
  if (span === undefined) return [];
  const [start, end] = span;
  const role = group.replace(/\d$/, '') as WordRole;
  return [{ role, start, end, text: match.input.slice(start, end) }];
}

function namedWords(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const [pattern, role] of NAMED) {
    for (const { index: start, 0: found } of text.matchAll(pattern)) {
      const end = start + found.length;
      if (words.every((word) => word.end <= start || word.start >= end)) {
        words.push({ role, start, end, text: found });
      }
    }
  }
  return words.sort((a, b) => a.start - b.start);
}
