/** Product, language, and above all: which book is open. Stays in view while the rest scrolls. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { BookId } from "../../base/ids";
import { paneToken } from "../pane-theme";
import { useWords } from "../words";
import { BookBadge } from "./BookBadge";
import { LanguageSwitch } from "./LanguageSwitch";
import { ProductMark } from "./ProductMark";

const useStyles = makeStyles({
  header: {
    position: "sticky",
    top: 0,
    zIndex: 2,
    backgroundColor: paneToken("paneGround"),
  },
  row: {
    boxSizing: "border-box",
    maxWidth: "560px",
    margin: "0 auto",
    padding: "10px 16px",
    display: "flex",
    alignItems: "center",
    gap: "8px",
  },
  name: {
    margin: 0,
    flexGrow: 1,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
});

export function Header(props: {
  readonly book: BookId | null;
  /** Beside the language. */
  readonly tools?: ReactNode;
  /** Stays in view below the book's name. */
  readonly children?: ReactNode;
}) {
  const { book, tools, children } = props;
  const styles = useStyles();
  const { messages } = useWords();
  return (
    <header className={styles.header}>
      <div className={styles.row}>
        <ProductMark />
        <h1 className={styles.name}>{messages.productName}</h1>
        {tools}
        <LanguageSwitch />
      </div>
      {book !== null && <BookBadge book={book} />}
      {children}
    </header>
  );
}
