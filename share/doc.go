// Package share decides what may be shared where.
//
// A ruleset, one JSON document, says which targets a story, a video or a photo
// may go to, for whom and from when. [Compile] reads it once and reports every
// mistake in it. A request, also JSON, has the content, the viewer, what the
// device can do and the time; [Decode] reads it strictly. [Rules.Sheet] then
// answers for every target that the ruleset names: whether it is permitted, the
// rule that decided, a reason in the viewer's language, and for a permitted
// target how the content gets there, with the finished link.
//
//	ruleset text ──Compile──▶ *Rules       once; every mistake found here, with its place
//	request text ──Decode───▶ *Request     strict; the only place that reads raw input
//	Request × Rules ────────▶ verdict      a forbid beats any permit; silence means no
//	verdict + Request ──────▶ Delivery     only for permitted targets; no other way to a link
//	                  └─────▶ Sheet        in display order
//
// # Deciding on a server
//
// [Rules.Decode] also checks the attributes that a ruleset declares, and
// [Rules.DecodePartial] reads what it can, as the sheet in a page does.
// [Rules.Decide] answers for one target, before a server carries out what a page
// asks for, and [Rules.Verdicts] decides many requests at once without reasons
// and links. [Default] is a ruleset to begin with. Package
// sharewise/share/signature proves who published a ruleset, and that it is not an
// old version.
//
// # Writing and reviewing rulesets
//
// [Check] lists mistakes and also what is probably not intended. [Rules.Test] runs
// the tests in a ruleset and reports which rules decide in none of them; the
// invariants of a ruleset are proved when it is compiled. [Rules.Explain] says why
// a target has its verdict and what would change it. [Diff] says who gains and who
// loses what when one ruleset replaces another, and a [Tally] counts that for
// given requests. [Rules.FormatCondition] and [Rules.ParseCondition] write and
// read the one-line form of a condition. The command sharewise/share/cmd/sharewise
// offers all of this. Package sharewise/share/registry has the facts about each
// target with their sources.
//
// # In a page
//
// The engine of a page, package wasm, is built from the same code. A [Batch]
// decides requests that are in columns; [Milliseconds] reads times for it.
// Editors of rulesets use [Schema], [RequestSchema], [AppendVocabulary],
// [Rules.AppendConditions] and [Rules.Bucket].
//
// # What is unknown
//
// A fact that a request leaves out is unknown, and so is the zero value of
// every field of [Request]. Conditions are evaluated in Kleene's three-valued
// logic. A permit needs its condition to be true; a forbid holds when its
// condition is true or unknown. Nothing is ever permitted because a fact was
// missing. Where forbids hold only because facts are missing, the reason is
// not-known, and no rule's own; see [Entry].
//
// # What is promised
//
// The package does not depend on a clock, the network, the environment, randomness
// or map order: the same ruleset and request give the same bytes on every
// platform, in a page as WebAssembly and on a server natively. Deciding cannot
// fail.
// A *Rules never changes once it is compiled and may be used by many goroutines
// at once.
//
// # Proofs
//
// In an invariant, as in a forbid, an unknown condition counts as true. There are
// three results. The invariant is proved: no request that [Rules.Decode] accepts
// breaks it. It is broken: [Compile] refuses the ruleset with a request that
// breaks it, which has been decoded and decided to verify it. Or it is not
// settled: that is a warning with its place and the reason, see [Rules.Warnings],
// and the invariant may be broken. [Check] calls a rule useless, and
// [Difference.Same] is true, only if that is proved; what was not settled is
// listed. The work is bounded by counting steps, so the results are the same
// everywhere. The engine of a page does not prove invariants.
//
// # Bounds
//
// A ruleset may have 64 MiB, a million rules and 64 levels of nesting; a
// request 4 MiB, a title 4,096 bytes, a text 256 KiB, a URL 8,192 bytes, a list
// 1,000 entries. The absolute value of a number is at most 2^53. Input beyond these
// bounds is refused with a problem, never truncated.
package share
