import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineCursor } from '../text/line-cursor.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { CommandEvent } from './command-event.ts';

const EVENT = new CommandEvent();

/** Name and dwords of a command; undefined where it is none. */
function read(text: string): [string, number[]] | undefined {
  const cursor = new LineCursor();
  // The line ends before the buffer does.
  const bytes = encodeUtf8(`${text}0x1,}), workload=`);
  cursor.open(bytes, 0, text.length);
  if (!EVENT.read(cursor)) return undefined;
  const { start, end } = EVENT.name;
  return [decodeUtf8(bytes, start, end), [...EVENT.dwords.subarray(0, EVENT.count)]];
}

const PLACE = ' ring 10: address_type 1, buf_type 3, ip_gma 27ffd004';

test('a command’s place, name and dwords; a comma may follow the last one', () => {
  const text = `${PLACE},cmd (name=MI_X,len=2,raw cmd={0x12400002,0xb118}), workload=00000000d71dda97`;
  assert.deepEqual(read(text), ['MI_X', [0x12400002, 0xb118]]);
  assert.deepEqual(
    [EVENT.ring, EVENT.isPpgtt, EVENT.bufferType, EVENT.gma],
    [10, true, 3, 0x27ff_d004],
  );
  assert.deepEqual(read(text.replace('0xb118', '0xb118,')), ['MI_X', [0x12400002, 0xb118]]);
  const many = Array.from({ length: 300 }, (_, n) => n);
  const long = text.replace('0xb118', many.map((n) => `0x${n.toString(16)}`).join(','));
  assert.deepEqual(read(long), ['MI_X', [0x12400002, ...many]]);
});

const TAIL = ',cmd (name=MI_X,len=1,raw cmd={0x1}), workload=0';
const MALFORMED = [
  '',
  PLACE,
  `${PLACE},cmd (name=MI_X`,
  `${PLACE},cmd (name=MI_X,len=1,raw cmd={`,
  `${PLACE},cmd (name=MI_X,len=0,raw cmd={}), workload=0`,
  `${PLACE},cmd (name=MI_X,len=2,raw cmd={0x1,,0x2}), workload=0`,
  `${PLACE},cmd (name=MI_X,len=2,raw cmd={0x1 0x2}), workload=0`,
  `${PLACE},cmd (name=MI_X,len=2,raw cmd={0x1,`,
  ` ring 0: address_type 2, buf_type 0, ip_gma 0${TAIL}`,
  ` ring 0: address_type 0, buf_type 4, ip_gma 0${TAIL}`,
  ` ring 0: address_type 0, buf_type 0, ip_gma x${TAIL}`,
  ` ring 0: address_type 0, buf_type 0, ip_gma 1000000000000${TAIL}`,
  ` ring x: address_type 0, buf_type 0, ip_gma 0${TAIL}`,
];

test('what is no command is refused', () => {
  for (const text of MALFORMED) assert.equal(read(text), undefined, text);
});
