import { GGTT_ENTRIES } from '../../../emulator/gtt/ggtt.ts';
import { PPGTT_BITS, PPGTT_LEVELS } from '../../../emulator/gtt/ppgtt-levels.ts';
import { type PpgttRoot, walkPpgtt } from '../../../emulator/gtt/ppgtt-walk.ts';
import { markdown } from '../markdown.ts';
import { tryOut } from './platforms.ts';

/** Where the tables of a trial are: each is one page, and its first entry leads to the next. */
const TABLES = { PML4: 0x1000, PDP: 0x2000, PD: 0x3000, PT: 0x4000 } as const;
/** What the last entry maps: a place that any page can begin at. */
const FRAME = 0x40000000;
const ENTRY = PPGTT_BITS.present | PPGTT_BITS.writable;
const GAMW = 0x4080;

/** A tree of one page, with more bits in the entry of one table. */
interface Trial {
  readonly what: string;
  readonly table?: keyof typeof TABLES;
  readonly more?: number;
  /** That entry maps the page itself. */
  readonly isLast?: boolean;
}

const TRIALS: readonly Trial[] = [
  { what: 'PTE' },
  { what: 'PTE below a PDE with IPS', table: 'PD', more: PPGTT_BITS.ips },
  { what: 'PDE with the page-size bit', table: 'PD', more: PPGTT_BITS.pageSize, isLast: true },
  { what: 'PDPE with the page-size bit', table: 'PDP', more: PPGTT_BITS.pageSize, isLast: true },
];

function outcome({ table, more = 0, isLast = false }: Trial, root: PpgttRoot): string {
  const { vgpu, w } = tryOut('skl');
  w(GAMW, 0xf);
  const names = Object.keys(TABLES) as (keyof typeof TABLES)[];
  names.forEach((name, at) => {
    const next = names[at + 1];
    const ends = next === undefined || (isLast && name === table);
    const entry = (ends ? FRAME : TABLES[next]) | ENTRY | (name === table ? more : 0);
    vgpu.showMemory(TABLES[name], new Uint8Array(Uint32Array.of(entry, 0).buffer));
  });
  const found = walkPpgtt(vgpu.core, root, 0).outcome;
  if (found.kind === 'mapped') return `maps ${found.pageSize}`;
  return found.kind === 'invalid' ? `refused: ${found.why}` : found.kind;
}

function sizeText(bytes: number): string {
  const [unit, name] =
    bytes >= 2 ** 30 ? [2 ** 30, 'GiB'] : bytes >= 2 ** 20 ? [2 ** 20, 'MiB'] : [2 ** 10, 'KiB'];
  return `${Number(bytes) / Number(unit)} ${name}`;
}

export function pageTableTables(): Readonly<Record<string, string>> {
  const four: PpgttRoot = { levels: 4, pml4: TABLES.PML4 };
  const three: PpgttRoot = { levels: 3, pdps: [TABLES.PD, TABLES.PD, TABLES.PD, TABLES.PD] };
  return {
    'page-tables': markdown(
      ['table', 'entry', 'an entry stands for'],
      [
        ['GGTT', 'PTE', `4 KiB (${GGTT_ENTRIES.toLocaleString('en')} entries)`],
        ...PPGTT_LEVELS.map(({ name, entry, span }) => [`PPGTT ${name}`, entry, sizeText(span)]),
      ],
    ),
    pages: markdown(
      ['page of a PPGTT', '4 levels', '3 levels'],
      TRIALS.map((trial) => [
        trial.what,
        outcome(trial, four),
        trial.table === 'PDP' ? '–' : outcome(trial, three),
      ]),
    ),
  };
}
