import { type AttributeKind, PATH, TEXT } from './attribute-kinds.ts';
import { type AttributeRow, row } from './attribute-row.ts';

/** An entry of "traces". */
export interface TraceEntry {
  readonly path: string;
  readonly golden: string | undefined;
}

/** vGPUs of a host, at most (gvt-facts §2.1). */
const MOST_TRACES = 7;

/** Attributes of an entry that is an object. */
export const ENTRY = {
  trace: row('trace', PATH, { meaning: 'The recording.', isFile: true }),
  golden: row('golden', TEXT, {
    meaning:
      'The registers of the host that it was recorded on, in place of those of "golden" for all.',
    isFile: true,
  }),
} as const satisfies Record<string, AttributeRow<unknown>>;

/** Paths, or `{ "trace": "a.vgpu", "golden": "a.golden_hw_state" }`. Other names in there are reported, not refused. */
export const TRACES: AttributeKind<readonly TraceEntry[]> = {
  schema: { type: 'array', minItems: 1, maxItems: MOST_TRACES },
  must: `a list of the paths of 1 to ${MOST_TRACES} recordings`,
  read(value) {
    if (!Array.isArray(value) || value.length < 1 || value.length > MOST_TRACES) return undefined;
    const entries = value.map((each: unknown) => entryOf(each));
    return entries.every((each) => each !== undefined) ? entries : undefined;
  },
};

/** Throws `badLaunch` where an attribute of the entry is of the wrong kind. */
function entryOf(given: unknown): TraceEntry | undefined {
  const alone = PATH.read(given);
  if (alone !== undefined) return { path: alone, golden: undefined };
  if (typeof given !== 'object' || given === null) return undefined;
  const path = ENTRY.trace.read(given);
  return path === undefined ? undefined : { path, golden: ENTRY.golden.read(given) || undefined };
}
