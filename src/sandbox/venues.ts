/** The channels that the rehearsal is played on, the live one first. */
import { amazonVenue } from "./amazon/venue";
import { ebayVenue } from "./ebay/venue";
import { shopifyVenue } from "./shopify/venue";
import { tiktokVenue } from "./tiktok/venue";
import type { Venue } from "./venue";

export const venues: readonly Venue[] = [tiktokVenue(), amazonVenue(), shopifyVenue(), ebayVenue()];
