/**
 * The pane's colours: Fluent's themes with our teal, and our own names for what Fluent has none:
 * the alert ladder and the two books. Each pair of text on ground holds 4.5:1 in both themes.
 */
import {
  createDarkTheme,
  createLightTheme,
  type BrandVariants,
  type Theme,
} from "@fluentui/react-components";

const teal: BrandVariants = {
  10: "#03171A",
  20: "#06272A",
  30: "#08383B",
  40: "#0A484A",
  50: "#0B5859",
  60: "#0B6665",
  70: "#0B716E",
  80: "#0B7A75",
  90: "#25908A",
  100: "#3DA49D",
  110: "#57B7B0",
  120: "#74C9C2",
  130: "#93D9D3",
  140: "#B4E8E3",
  150: "#D3F3F0",
  160: "#ECFAF9",
};

const ownLight = {
  paneGround: "#F6F7F7",
  calmGround: "#DDF3E4",
  calmText: "#0E5A2B",
  calmMark: "#2A9158",
  yellowGround: "#FFF1B8",
  yellowText: "#5E4400",
  yellowMark: "#D9A300",
  orangeGround: "#FFDFC7",
  orangeText: "#7F3300",
  orangeMark: "#E36414",
  redGround: "#FBD5D5",
  redText: "#8F1616",
  redMark: "#CF2A2E",
  rehearsalGround: "#5B36B8",
  rehearsalText: "#FFFFFF",
  liveGround: "#0B5A3C",
  liveText: "#FFFFFF",
};

const ownDark: typeof ownLight = {
  paneGround: "#1B1C1C",
  calmGround: "#12341F",
  calmText: "#95E3B0",
  calmMark: "#4CC07E",
  yellowGround: "#403300",
  yellowText: "#FFDE70",
  yellowMark: "#F2C230",
  orangeGround: "#4A2610",
  orangeText: "#FFBB8C",
  orangeMark: "#FF8A42",
  redGround: "#521719",
  redText: "#FFB0B0",
  redMark: "#FF6568",
  rehearsalGround: "#6A45C9",
  rehearsalText: "#FFFFFF",
  liveGround: "#0E6B48",
  liveText: "#FFFFFF",
};

export type PaneTheme = Theme & typeof ownLight;

export const lightTheme: PaneTheme = { ...createLightTheme(teal), ...ownLight };
export const darkTheme: PaneTheme = {
  ...createDarkTheme(teal),
  // Fluent leaves dark brand text to the caller: the default ramp is too dark on dark ground.
  colorBrandForeground1: teal[120],
  colorBrandForeground2: teal[130],
  ...ownDark,
};

/** Our own names as CSS values, beside Fluent's `tokens`. */
export function paneToken(name: keyof typeof ownLight): string {
  return `var(--${name})`;
}
