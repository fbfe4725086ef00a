/** Where the creator sells: the channel whose numbers stand in front. */
export const LIVE_CHANNEL = "tiktok";
