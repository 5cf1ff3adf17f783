package queue

import "time"

// SetPause has articles with which workers ended be tried again sooner.
func (q *Queue) SetPause(d time.Duration) { q.pause = d }

// MaxDeaths is how many workers may end while they read an article.
const MaxDeaths = maxDeaths
