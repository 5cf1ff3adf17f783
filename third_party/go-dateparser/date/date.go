// Package date holds the result type of the package above it.
package date

import "time"

// Date is a date that was found; the zero Date is none.
type Date struct{ Time time.Time }
