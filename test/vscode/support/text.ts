/** VS Code draws blanks as other characters in places; this matches a text however they are drawn. */
export function pattern(text: string | RegExp): RegExp {
  const source =
    typeof text === 'string' ? text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') : text.source;
  return new RegExp(source.replaceAll(' ', '\\s'));
}

/** A text with common blanks. */
export function plain(text: string | null): string {
  return (text ?? '').replaceAll('\u00a0', ' ').trim();
}
