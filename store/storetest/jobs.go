package storetest

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"hearsay/store"
)

// jobsKept checks that a job goes from hand to hand and comes to one end, with its input.
func jobsKept(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	j := s.Jobs()
	input := bytes.Repeat([]byte("The bridge fell.\n\x00\xff"), 30_000)
	first, err := j.Accept(ctx, store.Job{ID: "one", Kind: "add", Who: "ada", Request: []byte(`{"force":true}`), Total: 7}, input)
	if err != nil || first.State != store.Queued || first.Total != 7 || first.Made.IsZero() || first.Number != 1 {
		t.Fatalf("accepted %+v, %v", first, err)
	}
	if _, err := j.Accept(ctx, store.Job{ID: "two", Kind: "add", Who: "bran", Request: []byte(`{}`)}, nil); err != nil {
		t.Fatal(err)
	}
	whole(t, s)
	const long = time.Hour
	got, in, err := j.Take(ctx, "a server", long)
	if err != nil || got == nil || got.ID != "one" || got.State != store.Running || got.Begun.IsZero() || !bytes.Equal(in, input) || string(got.Request) != `{"force":true}` {
		t.Fatalf("took %+v with %d bytes, %v", got, len(in), err)
	}
	// A server that is not heard of loses what it has in hand.
	other, _, err := j.Take(ctx, "another", -time.Hour)
	if err != nil || other == nil || other.ID != "two" {
		t.Fatalf("another took %+v, %v", other, err)
	}
	again, _, err := j.Take(ctx, "a third", long)
	if err != nil || again == nil || again.ID != "two" {
		t.Fatalf("the third took %+v, %v", again, err)
	}
	if err := j.Report(ctx, "another", long, other); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("what was lost is reported: %v", err)
	}
	if none, _, err := j.Take(ctx, "a fourth", long); none != nil || err != nil {
		t.Errorf("there was nothing to take, and it took %+v, %v", none, err)
	}
	got.Done, got.Result = 3, []byte(`{"added":3}`)
	if err := j.Report(ctx, "a server", long, got); err != nil {
		t.Fatal(err)
	}
	if now, err := j.Job(ctx, "one"); err != nil || now.Done != 3 || string(now.Result) != `{"added":3}` || now.Revision <= got.Revision {
		t.Errorf("after a report: %+v, %v", now, err)
	}
	// One that is put back waits for anyone, with its input.
	got.State = store.Queued
	if err := j.Report(ctx, "a server", long, got); err != nil {
		t.Fatal(err)
	}
	got, in, err = j.Take(ctx, "a fourth", long)
	if err != nil || got == nil || got.ID != "one" || got.Done != 3 || !bytes.Equal(in, input) {
		t.Fatalf("after it was put back: %+v with %d bytes, %v", got, len(in), err)
	}
	file := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(ctx, file, false); err != nil {
		t.Fatal(err)
	}
	got.State, got.Error = store.Failed, "the cause\x00"
	if err := j.Report(ctx, "a fourth", long, got); err != nil {
		t.Fatal(err)
	}
	if err := j.Cancel(ctx, "one"); !errors.Is(err, store.ErrEnded) {
		t.Errorf("cancelling what has ended: %v", err)
	}
	if err := j.Cancel(ctx, "two"); err != nil {
		t.Error(err)
	}
	if err := j.Report(ctx, "a third", long, again); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("what was cancelled is reported: %v", err)
	}
	if err := j.Cancel(ctx, "three"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("cancelling what there is not: %v", err)
	}
	whole(t, s)
	list, err := j.Jobs(ctx, "", 0, 10)
	if err != nil || len(list) != 2 || list[0].State != store.Cancelled || list[1].State != store.Failed || list[1].Error != "the cause" || list[1].Ended.IsZero() {
		t.Errorf("the jobs are %+v, %v", list, err)
	}
	if list, err = j.Jobs(ctx, "ada", 0, 10); err != nil || len(list) != 1 || list[0].ID != "one" {
		t.Errorf("ada's jobs are %+v, %v", list, err)
	}
	if list, err = j.Jobs(ctx, "", 2, 10); err != nil || len(list) != 1 || list[0].ID != "one" {
		t.Errorf("before the second there is %+v, %v", list, err)
	}
	if err := j.Prune(ctx, time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Job(ctx, "one"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("what was forgotten: %v", err)
	}
	if err := s.Restore(ctx, file); err != nil {
		t.Fatal(err)
	}
	if now, err := j.Job(ctx, "one"); err != nil || now.State != store.Running {
		t.Errorf("after the backup was restored: %+v, %v", now, err)
	}
	whole(t, s)
}
