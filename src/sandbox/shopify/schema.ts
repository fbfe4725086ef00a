/**
 * The part of Shopify's Admin schema 2026-10 that stock and orders need, field for field as it is
 * there; what is left out is refused by validation, as an unknown field is. A test holds this
 * against the official schema.
 */
import { buildSchema } from "graphql";

export const SHOPIFY_API_VERSION = "2026-10";

const stockTypes = `
  interface Node { id: ID! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Count { count: Int! }
  interface Publishable { availablePublicationsCount: Count }
  enum ProductStatus { ACTIVE ARCHIVED DRAFT UNLISTED }
  type Product implements Node & Publishable {
    id: ID! title: String! handle: String! status: ProductStatus!
    availablePublicationsCount: Count
    resourcePublicationsV2(first: Int, after: String, onlyPublished: Boolean = true, reverse: Boolean = false): ResourcePublicationV2Connection!
  }
  type ResourcePublicationV2 { isPublished: Boolean! publishDate: DateTime publication: Publication! }
  type ResourcePublicationV2Connection { nodes: [ResourcePublicationV2!]! pageInfo: PageInfo! }
  type Publication implements Node { id: ID! name: String! }
  type PublicationConnection { nodes: [Publication!]! pageInfo: PageInfo! }
  enum ProductVariantInventoryPolicy { CONTINUE DENY }
  type ProductVariant implements Node {
    id: ID! sku: String barcode: String title: String! inventoryPolicy: ProductVariantInventoryPolicy!
    inventoryQuantity: Int sellableOnlineQuantity: Int! requiresComponents: Boolean!
    product: Product! inventoryItem: InventoryItem!
    productVariantComponents(first: Int, after: String, reverse: Boolean = false): ProductVariantComponentConnection!
  }
  type ProductVariantComponent implements Node { id: ID! quantity: Int! productVariant: ProductVariant! }
  type ProductVariantComponentConnection { nodes: [ProductVariantComponent!]! pageInfo: PageInfo! }
  enum ProductVariantSortKeys { ID }
  type ProductVariantConnection { nodes: [ProductVariant!]! pageInfo: PageInfo! }
  type InventoryItem implements Node {
    id: ID! sku: String tracked: Boolean! duplicateSkuCount: Int!
    inventoryLevel(locationId: ID!, includeInactive: Boolean = false): InventoryLevel
    inventoryLevels(first: Int, after: String, includeInactive: Boolean = false, reverse: Boolean = false): InventoryLevelConnection!
  }
  type InventoryLevel implements Node {
    id: ID! isActive: Boolean! updatedAt: DateTime! location: Location! item: InventoryItem!
    quantities(names: [String!]!): [InventoryQuantity!]!
  }
  type InventoryLevelConnection { nodes: [InventoryLevel!]! pageInfo: PageInfo! }
  type InventoryQuantity { name: String! quantity: Int! updatedAt: DateTime }
  type Location implements Node {
    id: ID! name: String! isActive: Boolean! fulfillsOnlineOrders: Boolean! shipsInventory: Boolean!
    isFulfillmentService: Boolean! fulfillmentService: FulfillmentService
  }
  type FulfillmentService { id: ID! serviceName: String! inventoryManagement: Boolean! }
  type LocationConnection { nodes: [Location!]! pageInfo: PageInfo! }
`;

const orderTypes = `
  enum CurrencyCode { USD }
  enum OrderCancelReason { CUSTOMER DECLINED FRAUD INVENTORY OTHER STAFF }
  enum OrderDisplayFinancialStatus {
    AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED
  }
  enum OrderDisplayFulfillmentStatus {
    FULFILLED FULFILLMENT_NOT_REQUIRED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED
    PENDING_FULFILLMENT REQUEST_DECLINED RESTOCKED SCHEDULED UNFULFILLED
  }
  enum OrderSortKeys { CREATED_AT ID PROCESSED_AT UPDATED_AT }
  type Order implements Node {
    id: ID! legacyResourceId: UnsignedInt64! name: String!
    createdAt: DateTime! updatedAt: DateTime! processedAt: DateTime!
    cancelledAt: DateTime cancelReason: OrderCancelReason closedAt: DateTime
    test: Boolean! confirmed: Boolean! sourceName: String currencyCode: CurrencyCode!
    displayFinancialStatus: OrderDisplayFinancialStatus
    displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
    lineItems(first: Int, after: String, reverse: Boolean = false): LineItemConnection!
    fulfillments(first: Int): [Fulfillment!]!
  }
  type OrderConnection { nodes: [Order!]! pageInfo: PageInfo! }
  type LineItem implements Node {
    id: ID! sku: String name: String! quantity: Int! currentQuantity: Int! unfulfilledQuantity: Int!
    nonFulfillableQuantity: Int! refundableQuantity: Int! requiresShipping: Boolean!
    variant: ProductVariant lineItemGroup: LineItemGroup
  }
  type LineItemConnection { nodes: [LineItem!]! pageInfo: PageInfo! }
  type LineItemGroup { id: ID! title: String! quantity: Int! variantId: ID variantSku: String }
  enum FulfillmentStatus { CANCELLED ERROR FAILURE OPEN PENDING SUCCESS }
  type Fulfillment implements Node {
    id: ID! status: FulfillmentStatus! createdAt: DateTime! updatedAt: DateTime! totalQuantity: Int!
    fulfillmentLineItems(first: Int, after: String, reverse: Boolean = false): FulfillmentLineItemConnection!
  }
  type FulfillmentLineItem implements Node { id: ID! quantity: Int lineItem: LineItem! }
  type FulfillmentLineItemConnection { nodes: [FulfillmentLineItem!]! pageInfo: PageInfo! }
`;

const shopTypes = `
  type Shop {
    id: ID! name: String! myshopifyDomain: String! currencyCode: CurrencyCode! ianaTimezone: String! plan: ShopPlan!
  }
  type ShopPlan { publicDisplayName: String! partnerDevelopment: Boolean! }
  type AppInstallation implements Node { id: ID! accessScopes: [AccessScope!]! }
  type AccessScope { handle: String! }
  type InventoryProperties { quantityNames: [InventoryQuantityName!]! }
  type InventoryQuantityName {
    name: String! displayName: String isInUse: Boolean! belongsTo: [String!]! comprises: [String!]!
  }
`;

const mutationTypes = `
  type UserError { field: [String!] message: String! }
  input InventorySetQuantitiesInput {
    name: String! quantities: [InventoryQuantityInput!]! reason: String! referenceDocumentUri: String
  }
  input InventoryQuantityInput {
    changeFromQuantity: Int inventoryItemId: ID! locationId: ID! quantity: Int!
  }
  type InventorySetQuantitiesPayload {
    inventoryAdjustmentGroup: InventoryAdjustmentGroup userErrors: [InventorySetQuantitiesUserError!]!
  }
  type InventorySetQuantitiesUserError {
    code: InventorySetQuantitiesUserErrorCode field: [String!] message: String!
  }
  enum InventorySetQuantitiesUserErrorCode {
    CHANGE_FROM_QUANTITY_STALE COMPARE_QUANTITY_REQUIRED COMPARE_QUANTITY_STALE
    IDEMPOTENCY_CONCURRENT_REQUEST IDEMPOTENCY_KEY_PARAMETER_MISMATCH IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED
    INVALID_INVENTORY_ITEM INVALID_LOCATION INVALID_NAME INVALID_QUANTITY_NEGATIVE
    INVALID_QUANTITY_TOO_HIGH INVALID_QUANTITY_TOO_LOW INVALID_REASON INVALID_REFERENCE_DOCUMENT
    NON_MUTABLE_INVENTORY_ITEM NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR
  }
  input InventoryAdjustQuantitiesInput {
    changes: [InventoryChangeInput!]! name: String! reason: String! referenceDocumentUri: String
  }
  input InventoryChangeInput {
    changeFromQuantity: Int delta: Int! inventoryItemId: ID! ledgerDocumentUri: String locationId: ID!
  }
  type InventoryAdjustQuantitiesPayload {
    inventoryAdjustmentGroup: InventoryAdjustmentGroup userErrors: [InventoryAdjustQuantitiesUserError!]!
  }
  type InventoryAdjustQuantitiesUserError {
    code: InventoryAdjustQuantitiesUserErrorCode field: [String!] message: String!
  }
  enum InventoryAdjustQuantitiesUserErrorCode {
    ADJUST_QUANTITIES_FAILED CHANGE_FROM_QUANTITY_STALE IDEMPOTENCY_CONCURRENT_REQUEST
    IDEMPOTENCY_KEY_PARAMETER_MISMATCH IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED INTERNAL_LEDGER_DOCUMENT
    INVALID_AVAILABLE_DOCUMENT INVALID_INVENTORY_ITEM INVALID_LEDGER_DOCUMENT INVALID_LOCATION
    INVALID_QUANTITY_DOCUMENT INVALID_QUANTITY_NAME INVALID_QUANTITY_TOO_HIGH INVALID_QUANTITY_TOO_LOW
    INVALID_REASON INVALID_REFERENCE_DOCUMENT MAX_ONE_LEDGER_DOCUMENT NON_MUTABLE_INVENTORY_ITEM
    SERVICE_UNAVAILABLE
  }
  type InventoryAdjustmentGroup implements Node {
    id: ID! createdAt: DateTime! reason: String! referenceDocumentUri: String changes: [InventoryChange!]!
  }
  type InventoryChange {
    name: String! delta: Int! quantityAfterChange: Int item: InventoryItem location: Location
  }
  input ProductUpdateInput { id: ID status: ProductStatus }
  type ProductUpdatePayload { product: Product userErrors: [UserError!]! }
  input PublicationInput { publicationId: ID publishDate: DateTime }
  type PublishablePublishPayload { publishable: Publishable userErrors: [UserError!]! }
  type PublishableUnpublishPayload { publishable: Publishable userErrors: [UserError!]! }
`;

const roots = `
  schema { query: QueryRoot mutation: Mutation }
  directive @idempotent(key: String!) on FIELD
  scalar DateTime
  scalar UnsignedInt64
  type QueryRoot {
    currentAppInstallation: AppInstallation!
    inventoryItem(id: ID!): InventoryItem
    inventoryProperties: InventoryProperties!
    locations(first: Int, after: String, reverse: Boolean = false): LocationConnection!
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    order(id: ID!): Order
    orders(first: Int, after: String, query: String, reverse: Boolean = false, sortKey: OrderSortKeys = PROCESSED_AT): OrderConnection!
    product(id: ID!): Product
    productVariant(id: ID!): ProductVariant
    productVariants(first: Int, after: String, query: String, reverse: Boolean = false, sortKey: ProductVariantSortKeys = ID): ProductVariantConnection!
    publications(first: Int, after: String, reverse: Boolean = false): PublicationConnection!
    shop: Shop!
  }
  type Mutation {
    inventoryAdjustQuantities(input: InventoryAdjustQuantitiesInput!): InventoryAdjustQuantitiesPayload
    inventorySetQuantities(input: InventorySetQuantitiesInput!): InventorySetQuantitiesPayload
    productUpdate(product: ProductUpdateInput): ProductUpdatePayload
    publishablePublish(id: ID!, input: [PublicationInput!]!): PublishablePublishPayload
    publishableUnpublish(id: ID!, input: [PublicationInput!]!): PublishableUnpublishPayload
  }
`;

export const shopifySchema = buildSchema(
  roots + stockTypes + orderTypes + shopTypes + mutationTypes,
);
