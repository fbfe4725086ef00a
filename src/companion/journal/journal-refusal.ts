/** What the journal refuses, as an answer. */
import type { BookId } from "../../base/ids";
import { diskFull, refusal, refusalResponse } from "../refusal";
import type { JournalRefusal } from "./journal-store";

export function journalRefusalResponse(book: BookId, refused: JournalRefusal): Response {
  switch (refused.kind) {
    case "gap":
      return refusalResponse(refusal("sequence_gap", `The journal's head is ${refused.head.seq}`), {
        headSeq: refused.head.seq,
        headHash: refused.head.hash,
      });
    case "disk_full":
      return refusalResponse(diskFull());
    case "damaged":
      return refusalResponse(
        refusal("internal", `The journal of this book is damaged: ${refused.where}`),
      );
    case "failed":
      console.error(`journal ${book}: ${refused.code}`);
      return refusalResponse(refusal("internal", `The journal failed (${refused.code})`));
  }
}
