package queue

import "time"

// SetPause has articles with which workers ended be tried again sooner.
func (q *Queue) SetPause(d time.Duration) { q.pause = d }

// SetPause has the worker try sooner what the store did not take.
func (w *Worker) SetPause(d time.Duration) { w.pause = d }

// MaxDeaths is how many workers may end while they read an article.
const MaxDeaths = maxDeaths
