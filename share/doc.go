// Package share decides what may be shared where.
//
// A ruleset, one JSON document, says which targets a story, a video or a photo
// may go to, for whom and from when. [Compile] reads it once and reports every
// mistake in it. A request, also JSON, tells what is shared, who looks, what
// the device can do and what time it is; [Decode] reads it strictly.
// [Rules.Sheet] then answers for every target that the ruleset names: permitted
// or not, the rule that decided, a reason in the viewer's language, and for
// what is permitted how it gets there, with the finished link.
//
//	ruleset text ──Compile──▶ *Rules       once; every mistake found here, with its place
//	request text ──Decode───▶ *Request     strict; the only place that reads raw input
//	Request × Rules ────────▶ verdict      a forbid beats any permit; silence means no
//	verdict + Request ──────▶ Delivery     only for permitted targets; no other way to a link
//	                  └─────▶ Sheet        in the order to show
//
// # Deciding on a server
//
// [Rules.Decode] also checks the attributes that a ruleset declares.
// [Rules.Decide] answers for one target, before a server does what a page asks
// for, and [Rules.Verdicts] decides many requests at once without reasons and
// links. [Default] is the ruleset to begin with. Who published a ruleset, and
// that it is not an old one, is proved by sharewise/share/signature.
//
// # Writing and reviewing rulesets
//
// [Check] lists what is probably not meant besides what is wrong. [Rules.Test]
// runs the tests that a ruleset carries and tells which rules none of them
// makes decide; its invariants are proved when it is compiled. [Rules.Explain]
// says why a target has its verdict and what would change it, [Diff] who gains
// and who loses what when one ruleset takes the place of another, and a [Tally]
// the same of requests that are given. [Rules.FormatCondition] and
// [Rules.ParseCondition] write and read a condition in one line. All of it is
// also on the command line, see sharewise/share/cmd/sharewise. What is known of
// each target, with its sources, is in sharewise/share/registry.
//
// # In a page
//
// The engine of a page, package wasm, is built of the same code. A [Batch]
// decides requests that stand in columns; [Milliseconds] reads times for it.
// Editors of rulesets use [Schema], [RequestSchema], [AppendVocabulary],
// [Rules.AppendConditions] and [Rules.Bucket].
//
// # What is unknown
//
// A fact that a request leaves out is unknown, and so is the zero value of
// every field of [Request]. Conditions are evaluated in Kleene's three-valued
// logic. A permit needs its condition to be true; a forbid holds when its
// condition is true or unknown. Nothing is ever permitted because something was
// missing.
//
// # What is promised
//
// The package reads no clock, network, environment, randomness or order of
// maps: the same ruleset and request give the same bytes on every platform, in
// a page as WebAssembly and on a server natively. Deciding cannot fail.
// A *Rules never changes once it is compiled and may be used by many goroutines
// at once.
//
// # Proofs
//
// An invariant counts its condition as holding where it is unknown, as a forbid
// does. There are three answers. It is proved: no request that [Rules.Decode]
// accepts breaks it. It is broken: [Compile] refuses the ruleset with a request
// that breaks it, which was decoded and decided before it was printed. Or it is
// not settled: that is a warning with its place and the reason, see
// [Rules.Warnings], and the invariant may be broken. [Check] calls a rule
// useless, and a [Difference] is the same, only where that is proved; what was
// not settled is listed. The work is bounded by counted steps, so the answers are
// the same everywhere. The engine of a page takes invariants as read.
//
// # Bounds
//
// A ruleset may have 64 MiB, a million rules and 64 levels of nesting; a
// request 4 MiB, a title 4,096 bytes, a text 256 KiB, a URL 8,192 bytes, a list
// 1,000 entries. Numbers lie within 2^53. What goes beyond is refused with a
// problem, never cut.
package share
