/**
 * What a request costs: scalars 0, objects 1, a mutation 10, connections as many as they may return
 * (channels.md 3.6). An approximation: Shopify tells its real costs only in its answers. What is
 * asked for is reserved; what was not returned is given back.
 */
import {
  isInputObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { shopifySchema } from "./schema";

export const POINTS_MAX = 2000;
export const POINTS_PER_SECOND = 100;
/** Most points that one request may ask for. */
export const REQUEST_POINTS_MAX = 1000;

const MUTATION_POINTS = 10;

type Variables = Readonly<Record<string, unknown>>;

function argument(field: FieldNode, name: string, variables: Variables): unknown {
  const value = field.arguments?.find((candidate) => candidate.name.value === name)?.value;
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.LIST ? value.values : undefined;
}

/** How many nodes a field may return at most. */
function breadth(field: FieldNode, variables: Variables): number {
  const first = argument(field, "first", variables);
  if (typeof first === "number") return Math.max(0, first);
  const ids = argument(field, "ids", variables);
  return Array.isArray(ids) ? ids.length : 1;
}

/** Objects and interfaces by name: the type of each of their fields, by name. */
const composites = new Map(
  Object.values(shopifySchema.getTypeMap()).flatMap((type) =>
    "getFields" in type && !isInputObjectType(type)
      ? [[type.name, new Map(Object.entries(type.getFields()).map(fieldType))] as const]
      : [],
  ),
);

/** "[Order!]!" is an Order here. */
function fieldType([name, field]: [string, { readonly type: unknown }]): [string, string] {
  return [name, String(field.type).replace(/[[\]!]/g, "")];
}

/** Wrapped around nodes or messages, and free. */
function isWrapper(type: string): boolean {
  return /(Connection|PageInfo|Payload|UserError)$/.test(type);
}

function fragmentOf(document: DocumentNode, name: string): FragmentDefinitionNode | undefined {
  return document.definitions.find(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
}

/** The document must be valid, so that every field and fragment is known. */
export function requestedCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const ofField = (field: FieldNode, parent: string, times: number): number => {
    const type = composites.get(parent)?.get(field.name.value);
    if (type === undefined || !field.selectionSet) return 0;
    const width = times * breadth(field, variables);
    return (isWrapper(type) ? 0 : width) + ofSet(field.selectionSet, type, width);
  };
  const ofSet = (set: SelectionSetNode, parent: string, times: number): number =>
    set.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + ofField(selection, parent, times);
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : fragmentOf(document, selection.name.value);
      const type = fragment?.typeCondition?.name.value ?? parent;
      return fragment ? sum + ofSet(fragment.selectionSet, type, times) : sum;
    }, 0);

  const { selectionSet } = operation;
  if (operation.operation !== OperationTypeNode.MUTATION)
    return ofSet(selectionSet, "QueryRoot", 1);
  return selectionSet.selections.length * MUTATION_POINTS + ofSet(selectionSet, "Mutation", 1);
}

/** The same measure over what came back. */
export function actualCost(data: unknown, isMutation: boolean): number {
  if (!isRecord(data)) return 0;
  const fields = Object.values(data);
  return fields.reduce<number>(
    (sum, field) => sum + objects(field) + (isMutation ? MUTATION_POINTS : 0),
    0,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function objects(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + objects(entry), 0);
  if (!isRecord(value)) return 0;
  const wrapper = "nodes" in value || "userErrors" in value;
  return Object.entries(value)
    .filter(([name]) => name !== "pageInfo" && name !== "userErrors")
    .reduce<number>((sum, [, field]) => sum + objects(field), wrapper ? 0 : 1);
}
