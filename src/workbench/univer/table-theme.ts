/** The look of tables in the grid. */
export const TABLE_THEME = "workbench-table";
const line = { s: 1, cl: { rgb: "#C7DDF2" } };

/** Excel's TableStyleMedium2 as it looks on screen: blue header, every second row tinted. */
export const tableTheme = {
  name: TABLE_THEME,
  style: {
    wholeStyle: { bd: { t: line, b: line, l: line, r: line } },
    headerRowStyle: { bg: { rgb: "#0F6CBD" }, cl: { rgb: "#FFFFFF" }, bl: 1 },
    firstRowStyle: { bg: { rgb: "#EBF3FC" }, bd: { b: line } },
    secondRowStyle: { bg: { rgb: "#FFFFFF" }, bd: { b: line } },
  },
};
