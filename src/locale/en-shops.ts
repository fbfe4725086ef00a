/** English for connecting shops: every step says what to press on which page. */
import { formatsOf, plural } from "./formats";
import type { ShopMessages } from "./shop-messages";

const { number } = formatsOf("en");
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" });

export const enShops: ShopMessages = {
  screens: {
    watch: "Watch",
    plan: "Plan",
    stock: "Stock",
    channels: "Channels",
    import: "Import",
    more: "More",
  },
  screensLabel: "Screens",
  screenAttention: "needs you",

  bookTitle: "Your live book",
  bookIsLive: "It is open: stock is kept level on every connected channel.",
  bookIsRehearsal: "A rehearsal is open. Your shops are not touched until you open the live book.",
  bookNothingYet:
    "Connect a channel below, then read its listings. No channel access? Import the files you download today.",
  bookReady: "Next: read your listings and say how much of each SKU is on the shelf.",
  openLive: "Open the live book",
  openRehearsal: "Back to the rehearsal",
  openRehearsalWarning:
    "While the rehearsal is open, stock on your shops is not kept level, and orders are read when you come back.",
  openRehearsalSure: "Pause the sync and rehearse",
  openLiveWarning: "From then on StreamStock sends stock to your shops. The rehearsal closes.",
  openLiveSure: "Open it now",
  stay: "Not now",
  opening: "Opening…",

  liveEmptyTitle: "Your live book is empty",
  liveEmptyBody:
    "Connect a channel and read its listings, or drop in the stock file you download today.",
  goConnect: "Connect a channel",
  goImport: "Import a file",
  liveTitle: "Your shops",
  liveNoChannel: "No channel is connected: stock changes only by what you import.",

  connectionsTitle: "Connections",
  connectionsUnknown: "Asking the companion which shops are connected…",
  state: {
    not_connected: "Not connected",
    consent_open: "Waiting for your code",
    connected: "Connected",
    expired: "Consent has run out",
    revoked: "Access was withdrawn",
    rights_missing: "Rights are missing",
    locked: "Keychain is locked",
  },
  stateNext: {
    not_connected: "Stock is not synced with this channel.",
    consent_open: "Allow access on the page in your browser, then paste what it gives you.",
    connected: "Kept level while the live book is open.",
    expired: "The time you allowed is over. Connect again; your stock and history stay.",
    revoked: "The channel no longer takes these keys. Connect again; your stock and history stay.",
    rights_missing: "Something is not allowed yet. Run the test to see what, then connect again.",
    locked: "Unlock the keychain of this computer. It is tried again by itself.",
  },
  fromFile: "The keys come from a file that whoever set up this computer chose. Change them there.",
  connectAction: "Connect",
  connectAgain: "Connect again",
  connecting: "Trying the keys…",
  connectClose: "Cancel",
  before: {
    tiktok:
      "You need an app of your own in TikTok Shop Partner Center. It is free and takes about ten minutes.",
    amazon:
      "You need a private app in Seller Central: Apps and Services → Develop Apps. Authorise it for your own shop.",
    shopify:
      "You need an app in the Shopify Dev Dashboard, installed on your shop, with the rights to read and write inventory, products and orders.",
    ebay: "You need a production keyset on developer.ebay.com → Application Keys.",
  },
  field: {
    appKey: "App key",
    appSecret: "App secret",
    serviceId: "Service ID",
    shop: "Shop address",
    clientId: "Client ID",
    clientSecret: "Client secret",
    sellerId: "Merchant token",
    refreshToken: "Refresh token",
    marketplaceId: "Marketplace ID",
    region: "Region",
    ruName: "RuName",
    environment: "Environment",
  },
  fieldWhere: {
    tiktok: {
      appKey: "Partner Center → App & Service → your app → Basic information.",
      appSecret: "On the same page, behind the eye.",
      serviceId: "On the same page; also in the address of the authorisation link.",
    },
    amazon: {
      sellerId:
        "Seller Central → Settings → Account Info → Your Merchant Token. Like A1B2C3D4E5F6G7.",
      clientId: "Develop Apps → View next to your app. Begins with amzn1.application-oa2-client.",
      clientSecret: "On the same page, below the client ID.",
      refreshToken: "Develop Apps → Authorise app → Generate. Begins with Atzr|.",
      marketplaceId: "Leave empty for amazon.com.",
      region: "Where your Seller Central is.",
    },
    shopify: {
      shop: "The name before .myshopify.com, with the ending. Like my-shop.myshopify.com.",
      clientId: "Dev Dashboard → your app → Settings.",
      clientSecret: "On the same page, behind the eye.",
    },
    ebay: {
      clientId: "Application Keys → Production → App ID (Client ID).",
      clientSecret: "On the same page: Cert ID (Client Secret).",
      ruName:
        "User Tokens → Get a Token from eBay via Your Application. Not the address, its name.",
      environment: "Production, unless you only try things out.",
    },
  },
  fieldChoice: {
    na: "North America",
    eu: "Europe",
    fe: "Far East",
    production: "Production",
    sandbox: "eBay sandbox",
  },
  fieldBad: "This is missing or does not look right. Copy it again, without blanks around it.",
  fieldOptional: "optional",
  secretsNote: "Keys go to the companion on this computer only, never into the workbook.",
  consentOpen: (channelName) => `Open ${channelName}'s page`,
  consentSteps:
    "Sign in there as the shop's owner and allow access. Then copy the whole address of the page you land on, even if that page looks broken.",
  consentPaste: "Address or code",
  consentPasteHint: "It works once and for a few minutes only.",
  consentFinish: "Finish connecting",
  consentAgain: "Start again",
  disconnect: "Disconnect",
  disconnectAsk:
    "The keys are deleted from this computer and the sync with this channel ends. Listings stay as they are.",
  disconnectSure: "Yes, disconnect",
  disconnecting: "Disconnecting…",
  keep: "Keep it",
  expiresOn: (at) => `Connect again before ${day.format(at)}.`,
  refusal: {
    bad_field: "One of the fields is missing or does not look right.",
    no_consent: "The time for this try is over. Start again; it takes a minute.",
    code_refused:
      "That is not a code of this try, or it was used already. Copy the whole address again, or start again.",
    keys_refused: "The channel does not take these keys. Check each one and try again.",
    set_by_file: "The keys of this channel come from a file. Change them there.",
    channel_unreachable: "The channel did not answer. Check your internet, then try again.",
    nothing_connected: "No channel is connected yet. Connect one first.",
    reading_gone: "The listings were read too long ago. Read them again.",
  },

  test: "Test",
  testing: "Asking the channel…",
  testOk: "It works.",
  testPartly: "It works in part.",
  testFailed: "The test failed.",
  testShop: "Shop",
  testShopUnnamed: "not named by the channel",
  testListings: "Listings",
  testListingsMore: (n) => `more than ${number(n)}`,
  testRights: "Rights",
  testRightsAll: "complete",
  testRightsMissing: "Missing rights. Add them to your app, then connect again:",

  readListings: "Read my listings",
  readAgain: "Read listings again",
  readingListings: (n) => `Reading listings… ${number(n)} so far`,
  readingTitle: "How much is on the shelf?",
  readingHow:
    "Count each SKU once for all channels. Filled in: the smallest number that a channel shows. Correct it where you know better. An empty field leaves that SKU alone.",
  readingEmpty:
    "No listing with a SKU was found. Give your listings a seller SKU, then read again.",
  readingFailed: (channelName) =>
    `${channelName} could not be read, so its listings are left alone.`,
  countColumn: "On the shelf",
  countLabel: (sku) => `Units of ${sku} on the shelf`,
  countKnown: "counted",
  countBad: "Whole units, 0 or more.",
  shownOn: (channelName, units) => `${channelName} ${units === null ? "–" : number(units)}`,
  differs: "channels differ",
  offSale: "off sale",
  warning: {
    sells_below_zero:
      "Sells on at 0. Switch off “Continue selling when out of stock” in Shopify, or a pause will not hold.",
    several_locations: "Stocked in several places; only one of them is kept level.",
    sku_not_unique: "Several listings share this SKU.",
  },
  bundleOf: (detail) => `made of ${detail}`,
  bundlesTitle: (n) => `${number(n)} ${plural(n, "bundle", "bundles")}, worked out from the parts`,
  unmappedTitle: (n) => `${number(n)} ${plural(n, "listing is", "listings are")} not mapped`,
  unmappedHow: "They are left alone: nothing is written to them, and their orders are not booked.",
  unmapped: {
    no_sku: "no seller SKU",
    sku_too_long: "SKU longer than 200 characters",
    not_tracked: "the channel does not count it: switch on stock tracking",
    no_location: "not stocked at any location",
    parts_unknown: "a bundle whose parts are not known",
  },
  byPlatform: (n) =>
    `${number(n)} ${plural(n, "listing is", "listings are")} shipped by the platform and left out.`,
  take: (n) => `Open live with ${number(n)} ${plural(n, "SKU", "SKUs")}`,
  takeNone: "Fill in at least one count.",
  taking: "Booking your counts…",
  leftAlone: (n) => `${number(n)} ${plural(n, "SKU is", "SKUs are")} left alone: no count.`,
  taken: {
    title: "Your live book is open.",
    next: "Stock is being brought level on your channels. Watch shows every number.",
  },
};
