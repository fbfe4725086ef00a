import { channelContract } from "../contract/channel-contract";
import { sandboxWorld } from "../support/sandbox-world";

channelContract("TikTok Shop, played by the sandbox,", () => sandboxWorld("tiktok"));
channelContract("Shopify, played by the sandbox,", () => sandboxWorld("shopify"));
channelContract("eBay, played by the sandbox,", () => sandboxWorld("ebay"));
channelContract("Amazon, played by the sandbox,", () => sandboxWorld("amazon"));
