/** A shape per alert level, so that colour is never the only sign. Always beside its word. */
import {
  Alert16Filled,
  CheckmarkCircle16Filled,
  ErrorCircle16Filled,
  Warning16Filled,
} from "@fluentui/react-icons";
import type { AlertLevel } from "../../stock/alerts";
import { paneToken } from "../pane-theme";

const icons = {
  none: { Icon: CheckmarkCircle16Filled, color: paneToken("calmMark") },
  yellow: { Icon: Alert16Filled, color: paneToken("yellowMark") },
  orange: { Icon: Warning16Filled, color: paneToken("orangeMark") },
  red: { Icon: ErrorCircle16Filled, color: paneToken("redMark") },
} as const;

export function AlertIcon({ alert }: { readonly alert: AlertLevel }) {
  const { Icon, color } = icons[alert];
  return <Icon primaryFill={color} aria-hidden="true" />;
}
