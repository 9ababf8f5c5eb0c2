// Versions of tools that are not dependencies of the package, because they come as whole programs.

/** What tests and code-server run on: code-server 4.139 accepts no other major version. */
export const nodeMajor = 24;
/** The workbench and extension host of VS Code 1.139. */
export const codeServerVersion = '4.139.1';
