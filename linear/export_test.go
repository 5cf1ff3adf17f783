package linear

// Fold leaves the free slots out of a table.
var Fold = fold
