/** Where faces are in a box, in pixels from its corner. */
export interface FaceGrid {
  columns: number;
  cellPx: number;
  leftPx: number;
  topPx: number;
}

/** The largest square cells with which so many fit into a box, all of them in its middle. */
export function gridOf(count: number, widthPx: number, heightPx: number, maxCellPx = 72): FaceGrid {
  let cellPx = Math.min(maxCellPx, widthPx, heightPx);
  // In whole pixels: a face that is drawn anew covers all of the one before.
  cellPx = Math.max(1, Math.floor(cellPx));
  while (cellPx > 1 && capacityOf(cellPx, widthPx, heightPx) < count) cellPx -= 1;
  const columns = Math.max(1, Math.min(count, Math.floor(widthPx / cellPx)));
  const rows = Math.ceil(count / columns);
  return {
    ...{ columns, cellPx },
    leftPx: Math.floor((widthPx - columns * cellPx) / 2),
    topPx: Math.max(0, Math.floor((heightPx - rows * cellPx) / 2)),
  };
}

const capacityOf = (cellPx: number, widthPx: number, heightPx: number): number =>
  Math.floor(widthPx / cellPx) * Math.floor(heightPx / cellPx);

/** The corner of a face's cell. */
export const cellOf = (
  { columns, cellPx, leftPx, topPx }: FaceGrid,
  face: number,
): { x: number; y: number } => ({
  x: leftPx + (face % columns) * cellPx,
  y: topPx + Math.floor(face / columns) * cellPx,
});

/** The face at a point; undefined where there is none. */
export function faceAt(grid: FaceGrid, count: number, x: number, y: number): number | undefined {
  const column = Math.floor((x - grid.leftPx) / grid.cellPx);
  const row = Math.floor((y - grid.topPx) / grid.cellPx);
  const face = row * grid.columns + column;
  const isInside = column >= 0 && column < grid.columns && row >= 0 && face < count;
  return isInside ? face : undefined;
}
