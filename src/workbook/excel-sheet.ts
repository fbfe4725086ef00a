/** The head of a sheet of ours: a title and a line that says what the sheet is for. */
export function dressTitle(sheet: Excel.Worksheet, row: number, title: string, line: string): void {
  const cells = sheet.getRangeByIndexes(row, 0, 2, 1);
  cells.values = [[title], [line]];
  const [head, below] = [cells.getRow(0), cells.getRow(1)];
  head.format.font.size = 18;
  head.format.font.bold = true;
  head.format.font.color = "#0C3B5E";
  head.format.rowHeight = 30;
  below.format.font.color = "#616161";
}
