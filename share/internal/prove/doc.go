// Package prove answers whether any assignment of values to facts makes some
// formulas true, not false, false or not true. The answer is Proved (none does),
// Broken (the witness does) or NotSettled, with a reason. It knows nothing of
// rules, targets or requests.
//
// # Why it can be believed
//
// Broken is believed because every witness is evaluated before it is given, by
// code that walks the formulas and shares nothing with the search (eval.go), and
// because each of its values is one that its fact may have (valid.go).
//
// Proved is believed because the search runs over all assignments and more. A
// formula becomes two literals, that it is true and that it is false, so that
// Kleene's unknown is neither. What an atom can be is decided per kind of fact:
//
//   - A Bool or a Word has finitely many values, and each is looked at.
//   - A Number or a Time lies on an axis of whole coordinates; a number that may
//     have fractions is counted by its rank among the float64, so that there is
//     nothing between two neighbours. An atom that rises or falls with one number
//     changes where a binary search finds that it does, with the operations of
//     float64 themselves. The axis has a literal for every such place.
//   - The difference of two times, and which of two numbers is greater, lie on an
//     axis too. Bounds that contradict each other add up around a cycle (Bellman
//     and Ford), and each such cycle becomes a clause.
//   - A Text falls into one of the states of a product of automata, one for each
//     way of asking, which is explored to the end (text.go). Which atoms are true
//     together is read off its states. Two texts that are compared share the
//     states that both can reach.
//   - A List is asked only which of its elements are there, and may have any of
//     them together, so it has a literal for each class of elements that its atoms
//     tell apart.
//   - The bucket of a text is free, as long as the text is. Where few texts are
//     left, each is hashed.
//
// Whatever has no such procedure is left free: a Custom formula, a sum of two
// facts, a text whose automata are too large. Freedom only adds assignments. So
// where the search finds none, there is none, and where it finds one that cannot
// be completed, the question is not settled. Clauses that only say "no value was
// found here" hold under an assumption, tried; a proof is one that does without.
//
// # The search
//
// It is conflict-driven clause learning (sat.go), written here: the SAT solvers
// that can be had for Go have no bound that is counted in steps, and start
// goroutines, for which the inspector's build has no scheduler. All work is
// counted by a Budget, so that an answer is the same on every machine and at any
// time. Nothing depends on the order of a map.
//
// # The smallest witness
//
// Of all witnesses the one is looked for that comes first by CompareWitnesses:
// fewest known facts, then the simplest values. Answer.Smallest tells whether
// that was seen to be so. The search for it has a bound of its own, and facts
// that are read by formulas that can only be evaluated are left as they are.
package prove
