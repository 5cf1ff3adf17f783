package rows

// The number of a claim is its version's times 2^24 and then counts down from
// 2^24 - 1, so that downwards the numbers run from the newest article to the
// oldest, and in each from its first claim to its last.
const claimBits = 24

// MaxClaims is one more than the most claims that a ledger in a store may have.
const MaxClaims = 1 << claimBits

// ClaimNumbers are the numbers that those of a version's claims lie between. The
// number of its claim seq, from 0, is last - seq.
func ClaimNumbers(version int64) (first, last int64) {
	return version << claimBits, version<<claimBits + MaxClaims - 1
}
