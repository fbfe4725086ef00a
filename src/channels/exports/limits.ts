/**
 * How large a file may be that a seller drops in (limits.md 10, Security 10). The sizes are looked
 * at before anything is unpacked and again while it is, since an archive may lie.
 *
 * Cells are counted in workbooks, where each takes room in memory. A text file is bounded by its
 * own size: its rows are dropped as soon as they are read, and an export of 100,000 orders has more
 * than a million cells of which a handful of columns are looked at.
 */
export interface ImportLimits {
  /** Bytes of the file as it lies on the disk. */
  readonly packedMax: number;
  /** Bytes of everything in an archive, unpacked. */
  readonly unpackedMax: number;
  /** Unpacked to packed, of the archive and of every part of it above `ratioFree` bytes. */
  readonly ratioMax: number;
  readonly ratioFree: number;
  /** Parts of an archive. */
  readonly partsMax: number;
  /** Cells with something in them, of one sheet. */
  readonly cellsMax: number;
  readonly rowsMax: number;
  /** As many as a sheet of Excel has. */
  readonly columnsMax: number;
  /** Characters of one cell: as many as Excel keeps. */
  readonly cellMax: number;
  /** Milliseconds of work, pauses not counted. */
  readonly workMsMax: number;
}

export const importLimits: ImportLimits = {
  packedMax: 25 * 1024 * 1024,
  unpackedMax: 200 * 1024 * 1024,
  ratioMax: 100,
  ratioFree: 1024 * 1024,
  partsMax: 1000,
  cellsMax: 1_000_000,
  rowsMax: 1_048_576,
  columnsMax: 16_384,
  cellMax: 32_767,
  workMsMax: 30_000,
};
