/** Functions as completion and messages show them; what they do is in `compile-call.ts`. */
export const FUNCTION_ROWS = [
  {
    name: 'log',
    signature: 'log("text {expression}")',
    description: 'writes to the debug console and goes on',
  },
  {
    name: 'changed',
    signature: 'changed(expression)',
    description: 'whether the present access changes its value',
  },
  {
    name: 'bits',
    signature: 'bits(expression, high, low)',
    description: 'bits high to low of a value',
  },
  { name: 'hex', signature: 'hex(expression)', description: 'a number as hexadecimal text' },
  {
    name: 'known',
    signature: 'known(expression)',
    description: 'whether the recording has shown what it depends on',
  },
] as const;

export type FunctionName = (typeof FUNCTION_ROWS)[number]['name'];

export const FUNCTION_NAMES: readonly string[] = FUNCTION_ROWS.map((row) => row.name);
