import { workspaceSymbols } from './features/symbols.ts';
import { tablesFor } from './registers/register-tables.ts';
import { openTraces, type ServerContext } from './server-context.ts';

/** Asks for the text of a register table: `{ uri }`, answered with a string, or null where there is none. */
export const REGISTER_TABLE = 'vgpu/registerTable';

/** Answers requests that are about register tables, or about all that is open. */
export function answerAboutTables(server: ServerContext): void {
  const { connection, tables } = server;
  connection.onRequest(REGISTER_TABLE, ({ uri }: { uri?: unknown }) =>
    typeof uri === 'string' ? (tables.textAt(uri) ?? null) : null,
  );
  connection.onWorkspaceSymbol(async ({ query }) => {
    const open = await openTraces(server);
    return workspaceSymbols(query, open, open[0]?.tables ?? tablesFor({}), tables);
  });
}
