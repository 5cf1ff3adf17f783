package queue

import "time"

// RoundTrip packs an article as the queue keeps it, and unpacks it.
func RoundTrip(a *Article) (*Article, error) {
	q, err := unopened()
	if err != nil {
		return nil, err
	}
	defer q.Close()
	j, err := q.job(a)
	if err != nil {
		return nil, err
	}
	return q.article(&j)
}

// SetPause has articles with which workers ended be tried again sooner.
func (q *Queue) SetPause(d time.Duration) { q.pause = d }

// SetPause has the worker try sooner what the store did not take.
func (w *Worker) SetPause(d time.Duration) { w.pause = d }

// MaxDeaths is how many workers may end while they read an article.
const MaxDeaths = maxDeaths
