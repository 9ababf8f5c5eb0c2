import * as vscode from 'vscode';
import { type ListingLocation, listingUri, parseListingUri } from '../../timeline/index.ts';
import { type LinkSpan, linkOnLine } from './link-on-line.ts';

/** Makes the mark of a folded run a link to the run's own document, and "part N" one to that part. */
export class ListingLinks implements vscode.DocumentLinkProvider {
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const shown = parseListingUri(document.uri.toString());
    if (shown === undefined) return [];
    const links: vscode.DocumentLink[] = [];
    for (let line = 0; line < document.lineCount; line++) {
      const found = linkOnLine(document.lineAt(line).text, shown.document);
      if (found !== undefined) links.push(linkTo(shown, line, found));
    }
    return links;
  }
}

function linkTo(
  { path, reading }: ListingLocation,
  line: number,
  found: LinkSpan,
): vscode.DocumentLink {
  const range = new vscode.Range(line, found.start, line, found.end);
  const link = new vscode.DocumentLink(
    range,
    vscode.Uri.parse(listingUri(path, found.target, reading)),
  );
  link.tooltip = found.tooltip;
  return link;
}
