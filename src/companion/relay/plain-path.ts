/**
 * Whether a path means the same to everyone who reads it: to the channel's allow-list here, and to
 * the channel's server, however often and in whatever order that one decodes it.
 *
 * A seller's own words stand in some paths (Amazon: `/listings/.../{sku}`), so an encoded slash, dot
 * or percent sign cannot be refused as such. What is asked instead: every segment is exactly what
 * encodeURIComponent makes of its text, so that nothing is spelled in two ways; and no decoding, once
 * or again, brings forth a dot segment or a control character.
 */
export function isPlainPath(path: string): boolean {
  if (!path.startsWith("/")) return false;
  return path.slice(1).split("/").every(isPlainSegment);
}

function isPlainSegment(segment: string): boolean {
  // The common case: ids, versions and words of an API.
  if (/^[\w~-]+(\.[\w~-]+)*$/.test(segment)) return true;
  if (segment === "") return false;
  let text = decode(segment);
  if (text === null || encodeURIComponent(text) !== segment) return false;
  for (;;) {
    if (hasOddParts(text)) return false;
    const further = decodeLeniently(text);
    if (further === text) return true;
    text = further;
  }
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** As a careless server would: what can be decoded is, the rest stays. Byte by byte: only ASCII matters. */
function decodeLeniently(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
}

/** A dot segment between slashes of either kind, or what no address holds. */
function hasOddParts(text: string): boolean {
  if (/[\u0000-\u001f\u007f]/.test(text)) return true;
  return text.split(/[/\\]/).some((part) => /^\.{1,2}(;|$)/.test(part));
}
