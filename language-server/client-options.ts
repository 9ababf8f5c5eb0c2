import type { InitializeParams } from 'vscode-languageserver/node';

/** What an editor can do. The first three it says with `initializationOptions`. */
export interface ClientOptions {
  /** It asks for the colours of the lines in view, and does not want those of all. */
  readonly tokensByRange: boolean;
  /** It shows documents of the scheme `vgpu-registers`, whose text it asks for with `vgpu/registerTable`. */
  readonly showsRegisterTables: boolean;
  /** It has the commands `vgpu.debugTrace`, `vgpu.runTrace` and `vgpu.debugFrom`. */
  readonly hasDebugCommands: boolean;
  /** It takes links with the words that they begin at. */
  readonly takesLinks: boolean;
}

/** Anything may come; what is not understood is not there. */
export function clientOptionsOf(params: InitializeParams | undefined): ClientOptions {
  const given: unknown = params?.initializationOptions;
  return {
    tokensByRange: flag(given, 'tokensByRange'),
    showsRegisterTables: flag(given, 'showsRegisterTables'),
    hasDebugCommands: flag(given, 'hasDebugCommands'),
    takesLinks: params?.capabilities?.textDocument?.definition?.linkSupport === true,
  };
}

function flag(given: unknown, name: keyof ClientOptions): boolean {
  return typeof given === 'object' && given !== null && Reflect.get(given, name) === true;
}
