/** A refusal in Excel's words: it travels back as the batch's error (workbench.md 2, example B). */
export type ErrorCode =
  | "AccessDenied"
  | "ApiNotFound"
  | "GeneralException"
  | "InsertDeleteConflict"
  | "InvalidArgument"
  | "InvalidOperation"
  | "InvalidReference"
  | "ItemAlreadyExists"
  | "ItemNotFound"
  | "NotImplemented"
  | "UnsupportedOperation";

const messages: Readonly<Record<ErrorCode, string>> = {
  AccessDenied: "You cannot perform the requested operation.",
  ApiNotFound: "The workbench does not play this part of Excel.",
  GeneralException: "There was an internal error while processing the request.",
  InsertDeleteConflict: "The insert or delete operation conflicts with what is in the way.",
  InvalidArgument: "The argument is invalid or missing or has an incorrect format.",
  InvalidOperation: "The operation is invalid in the present state.",
  InvalidReference: "This reference is not valid for the current operation.",
  ItemAlreadyExists: "The resource being created already exists.",
  ItemNotFound: "The requested resource doesn't exist.",
  NotImplemented: "The workbench does not play this part of Excel.",
  UnsupportedOperation: "The operation is not supported.",
};

const statuses: Partial<Record<ErrorCode, number>> = { ItemNotFound: 404, ApiNotFound: 404 };

export class HostError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  /** "Class.member", or empty while the executor does not know it yet. */
  location: string;

  constructor(code: ErrorCode, location = "", message = messages[code]) {
    super(message);
    this.code = code;
    this.status = statuses[code] ?? 400;
    this.location = location;
  }
}

export function invalidArgument(): HostError {
  return new HostError("InvalidArgument");
}
