package budget

import "testing"

func TestWhatAPartTakesTheWholeHasTaken(t *testing.T) {
	whole := New(100)
	part := whole.Part(60)
	inner := part.Part(1000) // there are only 60
	if !inner.Spend(50) || inner.Left() != 10 || part.Left() != 10 || whole.Left() != 50 {
		t.Errorf("%d, %d and %d are left", inner.Left(), part.Left(), whole.Left())
	}
	if inner.Spend(11) || !inner.Spent() || !part.Spent() || whole.Left() != 39 {
		t.Errorf("%d, %d and %d are left", inner.Left(), part.Left(), whole.Left())
	}
}

func TestAPartHasNoMoreThanTheWholeHasLeft(t *testing.T) {
	whole := New(100)
	part := whole.Part(80)
	whole.Spend(90)
	if part.Left() != 10 || part.Spend(11) || !whole.Spent() {
		t.Errorf("%d and %d are left", part.Left(), whole.Left())
	}
	if whole.Part(5).Spend(1) {
		t.Error("a part of nothing was something")
	}
}

func TestSharesAreEqualAndWhatOneLeavesIsThereForOthers(t *testing.T) {
	whole := New(90)
	first := whole.Share(3, 1000)
	if first.Left() != 30 {
		t.Errorf("the first has %d", first.Left())
	}
	first.Spend(10)
	if second := whole.Share(2, 1000); second.Left() != 40 {
		t.Errorf("the second has %d", second.Left())
	}
	if capped := whole.Share(1, 7); capped.Left() != 7 {
		t.Errorf("one that may have 7 has %d", capped.Left())
	}
	if all := whole.Share(0, 1000); all.Left() != 80 {
		t.Errorf("one of none has %d", all.Left())
	}
}

func TestABudgetThatIsNilHasNoBound(t *testing.T) {
	var none *Budget
	if !none.Spend(1<<31-1) || none.Spent() || none.Part(5).Left() != 5 {
		t.Error("it has a bound")
	}
	if b := New(-1); !b.Spent() || b.Spend(1) || !b.Spend(0) {
		t.Error("one below zero has steps")
	}
}
