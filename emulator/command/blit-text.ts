import { hex, meaningIn, placeNamed, type Subject, valueIn } from './operand-text.ts';

/** Raster operations that have names; the others are shown as numbers. */
const RASTER_OPERATIONS: Readonly<Record<number, string>> = {
  0: 'blackness',
  102: 'source xor destination',
  204: 'source copy',
  240: 'pattern copy',
  255: 'whiteness',
};

/** `ppgtt 0x10000 (0, 0)–(64, 32) pitch 256`: what is drawn on. */
function destinationText(subject: Subject): string {
  const { decoded } = subject;
  const rectangle = decoded.fields.some(({ name }) => name === 'right')
    ? ` ${pointText(subject, 'left', 'top')}–${pointText(subject, 'right', 'bottom')}`
    : '';
  return `${placeNamed(subject, 'destination')}${rectangle} pitch ${valueIn(subject, 'destinationPitch')}`;
}

function sourceText(subject: Subject): string {
  const source = placeNamed(subject, 'source');
  const pitch = valueIn(subject, 'sourcePitch');
  const { fields } = subject.decoded;
  if (!fields.some(({ name }) => name === 'sourceLeft')) return `${source} pitch ${pitch}`;
  return `${source} ${pointText(subject, 'sourceLeft', 'sourceTop')} pitch ${pitch}`;
}

function pointText(subject: Subject, x: string, y: string): string {
  return `(${valueIn(subject, x)}, ${valueIn(subject, y)})`;
}

/** Colour depth, and the raster operation where there is one. */
function modeText(subject: Subject): string {
  const depth = meaningIn(subject, 'colorDepth');
  const operation = subject.decoded.fields.find(({ name }) => name === 'rasterOperation');
  if (operation === undefined) return depth;
  const { value } = operation;
  return `${depth}, ${RASTER_OPERATIONS[value] ?? `raster operation ${hex(value)}`}`;
}

export function copyText(subject: Subject): string {
  return listed(`${destinationText(subject)} ← ${sourceText(subject)}`, modeText(subject));
}

export function fillText(subject: Subject): string {
  const color = hex(valueIn(subject, 'color'));
  return listed(`${destinationText(subject)} ← color ${color}`, modeText(subject));
}

/** All other blits: what they draw on, and what they take from memory for it. */
export function blitText(subject: Subject): string {
  const { addresses } = subject.decoded;
  const taken = addresses.filter(({ name }) => name !== 'destination');
  const from = taken.map(({ name }) => `${name} ${placeNamed(subject, name)}`);
  if (taken.length === addresses.length) return listed(...from);
  return listed(destinationText(subject), modeText(subject), ...from);
}

function listed(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(', ');
}
