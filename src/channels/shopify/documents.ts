/**
 * The GraphQL that the adapter sends. Valid against the Admin schemas 2026-04, 2026-07 and 2026-10,
 * which a test holds. Page sizes keep one query's cost below the 1000 points a single query may
 * ask for (channels.md 3.6): objects cost 1 each, multiplied through nested connections, a mutation
 * 10. `costs` says it in advance, for the budget; a test holds it against the documents.
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
/** Of one shipment. */
const SHIPMENT_LINES = 40;
export const VARIANTS_PER_PAGE = 25;
/** More than one place to ship from is one too many to keep up; two would do to know it. */
const LEVELS_PER_VARIANT = 5;
export const BUNDLES_PER_READ = 5;
/** Shopify's own limit on a fixed bundle. */
const COMPONENTS_MAX = 30;

/** Points that a document asks for. */
export const costs = {
  stock: (ids: number) => 3 * ids,
  stockEverywhere: (ids: number) => 41 * ids,
  orders: (orders: number, lines: number) => orders * (1 + 3 * lines),
  orderLines: (lines: number) => 1 + 3 * lines,
  shipments: (shipments: number) => 1 + shipments * (1 + 2 * SHIPMENT_LINES),
  listings: (variants: number) => variants * (3 + 3 * LEVELS_PER_VARIANT),
  bundles: (variants: number) => variants * (1 + 3 * COMPONENTS_MAX),
  /** The mutation, and what its answer is wrapped in and names. */
  setQuantities: 13,
  productOf: 2,
  productStatus: 13,
  connection: 3,
} as const;

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
      fulfillmentLineItems(first: ${SHIPMENT_LINES}) {
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

/** Every variant, with what tells whether it can be kept up and from where. */
export const listingsDocument = `query Listings($first: Int!, $after: String) {
  productVariants(first: $first, after: $after) {
    nodes {
      id
      sku
      title
      inventoryPolicy
      requiresComponents
      product { id title status }
      inventoryItem {
        id
        tracked
        duplicateSkuCount
        inventoryLevels(first: ${LEVELS_PER_VARIANT}) {
          nodes {
            location {
              id
              isActive
              fulfillsOnlineOrders
              fulfillmentService { inventoryManagement }
            }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** What the variants of a bundle are made of. */
export const bundlesDocument = `query Bundles($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on ProductVariant {
      id
      productVariantComponents(first: ${COMPONENTS_MAX}) {
        nodes { quantity productVariant { inventoryItem { id } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

export const productOfDocument = `query ProductOf($id: ID!) {
  productVariant(id: $id) { product { id status } }
}`;

export const productStatusDocument = `mutation ProductStatus($id: ID!, $status: ProductStatus!) {
  productUpdate(product: { id: $id, status: $status }) {
    product { id status }
    userErrors { field message }
  }
}`;

export const connectionDocument = `query Connection {
  shop { name }
  currentAppInstallation { accessScopes { handle } }
}`;

/** Everything that this adapter ever sends; the companion lets nothing else through. */
export const documents: ReadonlySet<string> = new Set([
  stockDocument,
  stockEverywhereDocument,
  ordersChangedDocument,
  orderLinesDocument,
  shipmentsDocument,
  setQuantitiesDocument,
  listingsDocument,
  bundlesDocument,
  productOfDocument,
  productStatusDocument,
  connectionDocument,
]);
