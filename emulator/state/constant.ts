/** Configuration that is too large to copy and never changes: copies of plain data share it, and hash it by its digest. */
export abstract class Constant {
  /** 32 hex digits over all of it. */
  abstract readonly digest: string;
}
