/**
 * The GraphQL that the adapter sends. Valid against the Admin schemas 2026-04, 2026-07 and 2026-10,
 * which a test holds. Page sizes keep one query's cost below the 1000 points a single query may
 * ask for (channels.md 3.6): objects cost 1 each, multiplied through nested connections.
 */

export const SHOPIFY_API_VERSION = "2026-10";

/** Each id costs item, level and quantity. */
export const STOCK_IDS_MAX = 100;
/** Each id costs the item and twenty levels with their quantities. */
export const STOCK_EVERYWHERE_IDS_MAX = 20;
export const ORDERS_PER_PAGE = 20;
/** More lines than this are fetched order by order. */
export const LINES_PER_ORDER = 10;
export const LINES_PER_PAGE = 100;
export const SHIPMENTS_MAX = 10;

export const stockDocument = `query Stock($ids: [ID!]!, $location: ID!) {
  nodes(ids: $ids) {
    ... on InventoryItem {
      id
      inventoryLevel(locationId: $location) {
        quantities(names: ["available"]) { name quantity }
      }
    }
  }
}`;

/** Where a listing names no location: the sum over all of them. */
export const stockEverywhereDocument = `query StockEverywhere($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on InventoryItem {
      id
      inventoryLevels(first: 20) {
        nodes { quantities(names: ["available"]) { name quantity } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

const lineFields = `nodes {
          id
          quantity
          currentQuantity
          unfulfilledQuantity
          variant { id inventoryItem { id } }
        }
        pageInfo { hasNextPage endCursor }`;

export const ordersChangedDocument = `query OrdersChanged($first: Int!, $after: String, $q: String!, $lines: Int!) {
  orders(first: $first, after: $after, query: $q, sortKey: UPDATED_AT) {
    nodes {
      id
      createdAt
      updatedAt
      cancelledAt
      displayFinancialStatus
      displayFulfillmentStatus
      lineItems(first: $lines) {
        ${lineFields}
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const orderLinesDocument = `query OrderLines($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    lineItems(first: $first, after: $after) {
        ${lineFields}
    }
  }
}`;

/** What has left the house, line by line; asked only where the quantities alone leave it open. */
export const shipmentsDocument = `query Shipments($id: ID!, $shipments: Int!) {
  order(id: $id) {
    fulfillments(first: $shipments) {
      status
      fulfillmentLineItems(first: 40) {
        nodes { quantity lineItem { id } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

export const setQuantitiesDocument = `mutation SetQty($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { code field message }
  }
}`;
