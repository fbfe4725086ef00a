/**
 * The services beside the workbook that a shared runtime calls (workbench.md 2 G and 3): custom
 * functions, the start-up behaviour and the visibility of the pane.
 */
import { HostObject, type HostClass } from "../host-object";

export interface FunctionsPort {
  /** The page's runtime takes calls from now on. */
  functionsReady(): void;
  functionResults(results: readonly unknown[]): void;
}

/** Lives as long as the workbook, longer than a page of the add-in. */
export interface RuntimeState {
  startState: string;
  visibility: string;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

const customFunctions: HostClass<FunctionsPort> = {
  name: "CustomFunctions",
  methods: {
    _SetOsfControlContainerReadyForCustomFunctions: (port) => port.functionsReady(),
    // None: results then come at most twice a second, the slower of the two cadences known.
    _GetEnabledFeatures: () => [],
    SetInvocationArrayResults: (port, args) => port.functionResults(list(args.json(0))),
  },
};

const persistence: HostClass<RuntimeState> = {
  name: "AppRuntimePersistenceService",
  methods: {
    GetAppRuntimeStartState: (state) => state.startState,
    SetAppRuntimeStartState: (state, args) => {
      state.startState = args.text(0);
    },
  },
};

const runtime: HostClass<RuntimeState> = {
  name: "AppRuntimeService",
  methods: {
    GetAppRuntimeState: (state) => state.visibility,
    SetAppRuntimeState: (state, args) => {
      state.visibility = args.text(0);
    },
  },
};

const internal: HostClass<null> = {
  name: "AddinInternalService",
  methods: { NotifyActionHandlerReady: () => undefined },
};

export function serviceNamed(
  name: string,
  functions: FunctionsPort,
  state: RuntimeState,
): HostObject | null {
  switch (name) {
    case "Microsoft.ExcelServices.CustomFunctions":
      return HostObject.of(customFunctions, functions);
    case "Microsoft.AppRuntime.AppRuntimePersistenceService":
      return HostObject.of(persistence, state);
    case "Microsoft.AppRuntime.AppRuntimeService":
      return HostObject.of(runtime, state);
    case "Microsoft.InternalService.AddinInternalService":
      return HostObject.of(internal, null);
    default:
      return null;
  }
}
