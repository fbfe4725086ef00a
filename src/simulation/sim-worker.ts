/** A worker as `worker/worker.ts` puts it together, on simulated ports. */
import type { BookId, Sku } from "../base/ids";
import { MemoryLedger } from "../ledger/memory-ledger";
import { Catalogue, type CatalogueBundle, type CatalogueItem } from "../sync/catalogue";
import type { SyncSettings } from "../sync/settings";
import { CompanionClient } from "../worker/companion-client";
import { LeaseKeeper } from "../worker/lease-keeper";
import { OpenBook } from "../worker/open-book";
import { Life } from "./life";
import type { SimChannel } from "./sim-channel";
import { ORIGIN, type SimCompanion } from "./sim-companion";
import type { SimProfile } from "./sim-profile";
import type { VirtualTime } from "./virtual-time";

export interface WorkerPorts {
  readonly time: VirtualTime;
  readonly companion: SimCompanion;
  readonly channels: readonly SimChannel[];
  readonly settings: SyncSettings;
  readonly items: readonly CatalogueItem[];
  readonly bundles: readonly CatalogueBundle[];
  readonly opening: ReadonlyMap<Sku, number>;
}

const BOOK: BookId = "live";

export class SimWorker {
  readonly life: Life;
  readonly book: OpenBook;
  readonly profile: SimProfile;
  readonly #lease: LeaseKeeper;

  constructor(ports: WorkerPorts, profile: SimProfile) {
    const { time, companion, channels } = ports;
    const life = new Life(time);
    this.life = life;
    this.profile = profile;
    const clock = { now: () => time.now() + life.skewMs };
    const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
      life.through(() => time.sleep(ms, signal));
    const ask = companion.line(() => life.dead);
    const client = new CompanionClient({
      origin: ORIGIN,
      token: "t",
      fetch: (input, init) => life.through(() => ask(input, init)),
      clock,
      // The simulated companion answers or fails by itself.
      timeout: () => null,
      onChange: () => undefined,
    });
    this.book = new OpenBook(BOOK, new Catalogue(ports.items, ports.bundles), ports.opening, {
      clock,
      steady: time,
      sleep,
      companion: client,
      settings: ports.settings,
      openLedger: () => profile.open(life),
      openFollower: () => new MemoryLedger(),
      openChannels: () =>
        channels.map((channel) => channel.port(() => companion.leads(client.fence), life)),
      onChange: () => undefined,
      onLead: () => undefined,
    });
    this.#lease = new LeaseKeeper(BOOK, {
      companion: client,
      clock: time,
      sleep,
      locks: profile.locksOf(life),
      holder: profile.holder,
      worker: profile.nextWorker(),
      onChange: (leads) => void this.book.setLeads(leads),
    });
    void this.book.setLeads(false);
    this.#lease.start();
  }

  get leads(): boolean {
    return !this.life.dead && !this.life.frozen && this.book.role === "leader";
  }

  /** Gone without a word, as by kill -9. */
  kill(): void {
    this.life.kill();
    this.profile.died(this.life);
  }

  /** Closed properly, at the end of a run. */
  close(): void {
    this.#lease.stop();
    this.book.close();
  }
}
