package main

import "testing"

func TestScore(t *testing.T) {
	var s score
	for _, test := range []struct {
		values []int
		gold   int
		right  bool
	}{
		{[]int{3, 1, 3}, 3, true}, // both the most frequent and the largest
		{[]int{2, 2, 5}, 2, true}, // the most frequent only
		{[]int{1, 2}, 3, false},   // neither
		{[]int{1, 4}, 4, true},    // of two as frequent the larger counts
		{nil, 1, false},           // silent
		{[]int{0}, 0, true},       // rightly silent
		{[]int{0, 1}, 0, false},   // a victim where there is none
	} {
		if got := s.add(test.values, test.gold); got != test.right {
			t.Errorf("%v against %d: %v, want %v", test.values, test.gold, got, test.right)
		}
	}
	want := score{some: 3, someOf: 5, quiet: 1, quietOf: 2, usual: 3, largest: 2, told: 5}
	if s != want {
		t.Errorf("got %+v\nwant %+v", s, want)
	}
}
