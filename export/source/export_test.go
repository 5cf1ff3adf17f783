package source

// LedgersUpTo lets tests have a limit that is quickly reached.
var LedgersUpTo = ledgers
