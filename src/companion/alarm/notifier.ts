/** Shows notifications by starting the system's own program, without a shell. */
import { spawn } from "node:child_process";
import { notificationCommand, type Notification } from "./notification";

export interface Notifier {
  /** False: this machine shows none. */
  show(notification: Notification): Promise<boolean>;
}

const SHOWN_WITHIN_MS = 10_000;

export function systemNotifier(platform: NodeJS.Platform): Notifier {
  return {
    show: (notification) => {
      const command = notificationCommand(platform, notification);
      if (command === null) return Promise.resolve(false);
      return new Promise((resolve) => {
        const child = spawn(command.program, command.args, {
          shell: false,
          stdio: "ignore",
          windowsHide: true,
          env: { ...process.env, ...command.env },
        });
        const timer = setTimeout(() => child.kill("SIGKILL"), SHOWN_WITHIN_MS);
        const settle = (shown: boolean) => {
          clearTimeout(timer);
          resolve(shown);
        };
        child.once("error", () => settle(false));
        child.once("exit", (code) => settle(code === 0));
      });
    },
  };
}
