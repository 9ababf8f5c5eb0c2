/** What an editor says of itself with `initialize`, besides its capabilities. */
export interface ClientOptions {
  /** It asks for the colours of the lines in view, and does not want those of all. */
  readonly tokensByRange: boolean;
  /** It shows documents of the scheme `vgpu-registers`, which it asks for with `vgpu/registerTable`. */
  readonly showsRegisterTables: boolean;
}

/** Anything may come; what is not understood is not there. */
export function clientOptionsOf(given: unknown): ClientOptions {
  return {
    tokensByRange: flag(given, 'tokensByRange'),
    showsRegisterTables: flag(given, 'showsRegisterTables'),
  };
}

function flag(given: unknown, name: keyof ClientOptions): boolean {
  return typeof given === 'object' && given !== null && Reflect.get(given, name) === true;
}
