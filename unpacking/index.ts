export { inflate, PIECE_BYTES, unpack } from './unpacking.ts';
