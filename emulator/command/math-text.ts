import { hex, type Subject } from './operand-text.ts';

/** Registers of the arithmetic unit besides R0 to R15 (SKL PRM vol 2a, MI_MATH). */
const OPERANDS: Readonly<Record<number, string>> = {
  32: 'SRCA',
  33: 'SRCB',
  49: 'ACCU',
  50: 'ZF',
  51: 'CF',
};
/** How many operands of an instruction count. */
const OPERAND_COUNTS: Readonly<Record<string, number>> = {
  LOAD: 2,
  LOADINV: 2,
  LOAD0: 1,
  LOAD1: 1,
  STORE: 2,
  STOREINV: 2,
};

/** `LOAD SRCA R0; LOAD SRCB R1; ADD; STORE R2 ACCU`. */
export function mathText({ decoded }: Subject): string {
  const { fields } = decoded;
  const instructions: string[] = [];
  for (const [index, { value, meaning, name }] of fields.entries()) {
    if (!name.startsWith('aluOpcode')) continue;
    const opcode = meaning ?? hex(value);
    const operands = [fields[index + 1]?.value ?? 0, fields[index + 2]?.value ?? 0]
      .slice(0, OPERAND_COUNTS[opcode] ?? (meaning === undefined ? 2 : 0))
      .map(operandText);
    instructions.push([opcode, ...operands].join(' '));
  }
  return instructions.join('; ');
}

function operandText(operand: number): string {
  return operand < 16 ? `R${operand}` : (OPERANDS[operand] ?? hex(operand));
}
