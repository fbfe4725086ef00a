/**
 * A disk for one test: an ext4 file system in a file, mounted over a loop device, whose power can be
 * cut and which can be filled to the last block. Needs Linux, root and a few system programs.
 */
import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * ext4's shutdown: from here on nothing more is written, not even the log that is in memory (linux
 * fs/ext4/ioctl.c: EXT4_IOC_SHUTDOWN with NOLOGFLUSH). What the page cache held is gone, as after a
 * power cut; what was flushed is replayed from the log at the next mount. Waits for a line first, so
 * that the cut comes when it is asked for and not when Perl has started.
 */
const SHUTDOWN = `
  open(my $disk, "<", $ARGV[0]) or die $!;
  my $how = pack("L", 2);
  $| = 1;
  print "armed\\n";
  exit unless defined <STDIN>;
  ioctl($disk, 0x8004587d, $how) or die $!;
`;
const UNMOUNT_TRIES = 40;
const UNMOUNT_RETRY_MS = 250;

const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Resolves once nothing more reaches the disk. */
export type PowerCut = () => Promise<void>;

export class LoopDisk {
  /** Where it is mounted. */
  readonly folder: string;
  readonly #home: string;
  readonly #image: string;
  #mounted = false;

  private constructor(bytes: number) {
    this.#home = mkdtempSync(join(tmpdir(), "streamstock-disk-"));
    this.#image = join(this.#home, "image");
    this.folder = join(this.#home, "mounted");
    mkdirSync(this.folder);
    // Sparse: it takes what is written, not its size.
    closeSync(openSync(this.#image, "w"));
    truncateSync(this.#image, bytes);
  }

  /** An empty disk of that size. Throws where there can be none. */
  static make(bytes: number): LoopDisk {
    const disk = new LoopDisk(bytes);
    try {
      // No blocks set aside for root: full is full.
      run("mkfs.ext4", "-q", "-F", "-m", "0", disk.#image);
      disk.mount();
      return disk;
    } catch (error) {
      rmSync(disk.#home, { recursive: true, force: true });
      throw error;
    }
  }

  /** After a power cut this replays the log. */
  mount(): void {
    run("mount", "-o", "loop", this.#image, this.folder);
    this.#mounted = true;
  }

  /** Readies a power cut, which then comes within a millisecond. */
  async arm(): Promise<PowerCut> {
    const helper = spawn("perl", ["-e", SHUTDOWN, this.folder], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const gone = new Promise<number | null>((done) => helper.once("exit", done));
    await new Promise((done) => helper.stdout.once("data", done));
    return async () => {
      helper.stdin.end("\n");
      const code = await gone;
      if (code !== 0) throw new Error(`the power was not cut: ${String(code)}`);
    };
  }

  /** Takes every block that is left. */
  fill(): void {
    const file = join(this.folder, "filler");
    for (let size = 1 << 30; size >= 4096; size /= 2) {
      for (let part = 0; part < 64; part += 1) {
        try {
          run("fallocate", "-l", String(size), `${file}-${size}-${part}`);
        } catch {
          rmSync(`${file}-${size}-${part}`, { force: true });
          break;
        }
      }
    }
    // What fallocate leaves over, and what was freed meanwhile.
    const rest = openSync(`${file}-rest`, "w");
    try {
      for (;;) writeSync(rest, Buffer.alloc(4096));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    } finally {
      closeSync(rest);
    }
  }

  /** Gives the room back that `fill` took. */
  free(): void {
    run("sh", "-c", `rm -f "$1"/filler-*`, "sh", this.folder);
  }

  /** The processes that had files open may need a moment to go. */
  async unmount(): Promise<void> {
    for (let tries = 1; this.#mounted; tries += 1) {
      try {
        this.#unmountNow();
      } catch (error) {
        if (tries === UNMOUNT_TRIES) throw error;
        await pause(UNMOUNT_RETRY_MS);
      }
    }
  }

  #unmountNow(): void {
    run("umount", this.folder);
    this.#mounted = false;
  }

  async remove(): Promise<void> {
    await this.unmount();
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** Makes a disk, cuts its power and throws it away: can this machine do that? Throws if not. */
  static tryOut(): void {
    const disk = LoopDisk.make(16 << 20);
    try {
      execFileSync("perl", ["-e", SHUTDOWN, disk.folder], { input: "\n", stdio: "pipe" });
    } finally {
      disk.#unmountNow();
      rmSync(disk.#home, { recursive: true, force: true });
    }
  }
}

/** Null: this machine can have such disks. Otherwise why not, for the test to say. */
export function whyNoLoopDisk(): string | null {
  if (process.platform !== "linux") return "a disk of the test's own needs Linux";
  if (process.getuid?.() !== 0) return "a disk of the test's own needs root";
  try {
    LoopDisk.tryOut();
    return null;
  } catch (error) {
    return `no disk of the test's own here: ${String(error).split("\n").join(" ")}`;
  }
}
