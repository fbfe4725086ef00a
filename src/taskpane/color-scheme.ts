/** Light or dark: Excel's theme where it tells, the system's wish elsewhere. */
import { useEffect, useState } from "react";
import type { HostTheme, PaneEnvironment } from "./environment";

/** Perceived brightness of "#RRGGBB", 0 to 255 (ITU-R BT.601 weights); null if it is no colour. */
function brightness(color: string): number | null {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (digits === null) return null;
  const [red = 0, green = 0, blue = 0] = digits.slice(1).map((pair) => parseInt(pair, 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

export function isDark(host: HostTheme | undefined, systemIsDark: boolean): boolean {
  if (host?.isDarkTheme !== undefined) return host.isDarkTheme;
  const ground = brightness(host?.bodyBackgroundColor ?? "");
  return ground === null ? systemIsDark : ground < 128;
}

export function useDark({ hostTheme, darkQuery }: PaneEnvironment): boolean {
  const [dark, setDark] = useState(() => isDark(hostTheme(), darkQuery.matches));
  useEffect(() => {
    const look = () => {
      setDark(isDark(hostTheme(), darkQuery.matches));
    };
    darkQuery.addEventListener("change", look);
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      darkQuery.removeEventListener("change", look);
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [hostTheme, darkQuery]);
  return dark;
}
