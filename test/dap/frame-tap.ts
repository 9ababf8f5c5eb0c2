import { Transform, type TransformCallback } from 'node:stream';

/** Passes bytes on unchanged, and tells of every whole protocol message among them. */
export class FrameTap extends Transform {
  readonly #onMessage: (message: object) => void;
  #held = Buffer.alloc(0);

  constructor(onMessage: (message: object) => void) {
    super();
    this.#onMessage = onMessage;
  }

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#held = Buffer.concat([this.#held, bytes]);
    while (this.#takeOne());
    done(null, bytes);
  }

  #takeOne(): boolean {
    const header = this.#held.indexOf('\r\n\r\n');
    const length = /Content-Length: (\d+)/.exec(this.#held.toString('latin1', 0, header))?.[1];
    const start = header + 4;
    if (header < 0 || length === undefined) return false;
    const end = start + Number(length);
    if (this.#held.length < end) return false;
    this.#onMessage(JSON.parse(this.#held.toString('utf8', start, end)));
    this.#held = this.#held.subarray(end);
    return true;
  }
}
