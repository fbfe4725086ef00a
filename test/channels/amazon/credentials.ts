import type { AmazonCredentials } from "../../../src/channels/amazon/auth";

export const amazonCredentials: AmazonCredentials = {
  clientId: "amzn1.application-oa2-client.1",
  clientSecret: "amzn1.oa2-cs.v1.s&cret=",
  refreshToken: "Atzr|refresh",
  sellerId: "A3SELLER0TOKEN",
  marketplaceId: "ATVPDKIKX0DER",
  region: "na",
};
