/** The product's sign: a stock box with a signal going out. Decoration only. */
export function ProductMark() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6" fill="#0B7A75" />
      <rect x="5" y="13" width="3" height="6" rx="1" fill="#ffffff" opacity="0.7" />
      <rect x="10" y="9" width="3" height="10" rx="1" fill="#ffffff" />
      <circle cx="17" cy="7" r="2.5" fill="#FFC24B" />
      <rect x="15.5" y="12" width="3" height="7" rx="1" fill="#ffffff" opacity="0.85" />
    </svg>
  );
}
