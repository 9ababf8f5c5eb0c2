/** The little of WebAssembly that is used here; TypeScript has its types among the browser's only. */
declare namespace WebAssembly {
  type ModuleImports = Readonly<Record<string, unknown>>;
  type Imports = Readonly<Record<string, ModuleImports>>;
  type Exports = Readonly<Record<string, unknown>>;
  class Module {
    constructor(code: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Exports;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Table {
    set(index: number, value: unknown): void;
  }
  function instantiate(
    code: Uint8Array<ArrayBuffer>,
    imports: Imports,
  ): Promise<{ readonly instance: Instance }>;
}
