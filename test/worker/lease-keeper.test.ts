/** The claim to lead: Web Lock first, then the companion's lease, renewed in time or given up. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { CompanionClient } from "../../src/worker/companion-client";
import { LeaseKeeper } from "../../src/worker/lease-keeper";
import { VirtualTime } from "../../src/simulation/virtual-time";

const START = 1_700_000_000_000;

/** One lock, as a browser profile has it. */
function oneLock(): LockManager {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, options: LockOptions, work: () => Promise<unknown>) => {
    const turn = last.then(() => (options.signal?.aborted ? undefined : work()));
    last = turn.catch(() => undefined);
    return turn;
  };
  return { request } as unknown as LockManager;
}

interface Named {
  readonly action: string;
  readonly holder: string;
  readonly fence: number;
}

let time: VirtualTime;
let answer: () => Response | Promise<Response>;
let asked: { action: string; holder: string; fence: string | null; named?: number }[];
let changes: boolean[];
let companion: CompanionClient;

beforeEach(() => {
  time = new VirtualTime(START);
  asked = [];
  changes = [];
  answer = () => Response.json({ granted: true, fence: 7, ttlMs: 8000 });
  companion = new CompanionClient({
    timeout: () => null,
    origin: "http://localhost",
    token: "t",
    clock: time,
    onChange: () => undefined,
    fetch: async (_input, init) => {
      const body = JSON.parse(String(init?.body)) as Named;
      asked.push({
        ...body,
        named: body.fence,
        fence: new Headers(init?.headers).get("x-streamstock-fence"),
      });
      return answer();
    },
  });
});

function keeper(holder: string, locks: LockManager, told = changes): LeaseKeeper {
  return new LeaseKeeper("rehearsal-a", {
    companion,
    clock: time,
    sleep: time.sleep,
    locks,
    holder,
    onChange: (leads) => told.push(leads),
  });
}

describe("a worker that wants to lead", () => {
  test("leads once the lease is granted, with its fencing token on every call", async () => {
    const one = keeper("me", oneLock());
    one.start();
    await time.runUntil(START + 5000);
    expect(changes).toEqual([true]);
    expect(companion.fence).toBe(7);
    const renewal = asked.filter(({ action }) => action === "acquire").at(-1);
    expect(renewal).toMatchObject({ holder: "me", fence: "7", named: 7 });
  });

  test("does not lead while another holds the lease", async () => {
    answer = () => Response.json({ granted: false, fence: 9, ttlMs: 8000 });
    keeper("me", oneLock()).start();
    await time.runUntil(START + 5000);
    expect(changes).toEqual([]);
    expect(companion.fence).toBe(0);
  });

  test("loses its token when the lease runs out unrenewed, and goes on when the companion is back", async () => {
    keeper("me", oneLock()).start();
    await time.runUntil(START + 100);
    answer = () => Promise.reject(new TypeError("no companion"));
    await time.runUntil(START + 7000);
    expect(companion.fence).toBe(7);
    await time.runUntil(START + 11_000);
    // Nothing can be written now; the book stays, since nobody else can lead either.
    expect(companion.fence).toBe(0);
    expect(changes).toEqual([true]);
    answer = () => Response.json({ granted: true, fence: 7, ttlMs: 8000 });
    await time.runUntil(START + 14_000);
    expect(companion.fence).toBe(7);
    expect(changes).toEqual([true]);
  });

  test("reads everything anew when someone may have led in between", async () => {
    keeper("me", oneLock()).start();
    await time.runUntil(START + 100);
    answer = () => Response.json({ granted: true, fence: 8, ttlMs: 8000 });
    await time.runUntil(START + 3000);
    expect(changes).toEqual([true, false, true]);
    expect(companion.fence).toBe(8);
  });

  test("stops when another holder has the lease", async () => {
    keeper("me", oneLock()).start();
    await time.runUntil(START + 100);
    answer = () => Response.json({ granted: false, fence: 9, ttlMs: 8000 });
    await time.runUntil(START + 3000);
    expect(changes).toEqual([true, false]);
    expect(companion.fence).toBe(0);
  });

  test("waits for the lock of its browser profile, and takes over when it is free", async () => {
    const locks = oneLock();
    const first: boolean[] = [];
    const one = keeper("me", locks, first);
    one.start();
    keeper("me", locks).start();
    await time.runUntil(START + 5000);
    expect([first, changes]).toEqual([[true], []]);
    one.stop();
    await time.runUntil(START + 10_000);
    expect([first, changes]).toEqual([[true, false], [true]]);
  });
});
