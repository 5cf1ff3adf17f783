package storetest

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"hearsay/store"
)

// A test that needs another process runs its program again with these set.
const (
	storeOfChild = "HEARSAY_TEST_STORE"
	nameOfChild  = "HEARSAY_TEST_NAME"
)

// Main runs the tests of a program, or does what a test of Killed or Together has another process do.
// Open opens the store at an address, which is closed in the end.
func Main(m *testing.M, open func(ctx context.Context, address string) (store.Store, error)) {
	address := os.Getenv(storeOfChild)
	if address == "" {
		os.Exit(m.Run())
	}
	if err := child(address, os.Getenv(nameOfChild), open); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// batches is how many batches of articles a child adds whose name begins with "few", and perBatch how many
// articles there are in each.
const (
	batches  = 5
	perBatch = 5
)

// child adds articles, some at a time, until it is killed, or a few if its name says so,
// and prints the ids of those that the store has taken.
func child(address, name string, open func(context.Context, string) (store.Store, error)) error {
	ctx := context.Background()
	s, err := open(ctx, address)
	if err != nil {
		return err
	}
	defer s.Close()
	few := strings.HasPrefix(name, "few")
	seed := uint64(0)
	for _, c := range name {
		seed = seed*31 + uint64(c)
	}
	r := rand.New(rand.NewPCG(seed, 0))
	order := rand.New(rand.NewPCG(uint64(os.Getpid()), 0))
	for i := 0; !few || i < batches; i++ {
		var items []store.Item
		for n := range perBatch {
			id := fmt.Sprintf("%s-%d", name, (perBatch-1)*i+n) // one is a new version of one of the batch before
			a, l := Random(r, id, 8)
			if few {
				a, l = Report(r, id)
			}
			items = append(items, store.Item{Origin: name, Article: a, Ledger: l})
		}
		// Those that come with the same articles have each its own order.
		order.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		results, err := s.AddAll(ctx, items)
		if err != nil {
			return err
		}
		for _, r := range results {
			fmt.Println(r.ID)
		}
	}
	return nil
}

// Start runs a child: see Main.
func Start(t *testing.T, address, name string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program)
	c.Env = append(os.Environ(), storeOfChild+"="+address, nameOfChild+"="+name)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewScanner(out)
}

// Killed kills so many processes that add articles to one store, at any moment, and wants the
// store to have all that was taken and nothing by halves.
func Killed(t *testing.T, address string, times int, open func(testing.TB, string) store.Store) {
	moments := rand.New(rand.NewPCG(1, 1))
	var taken []string
	for i := range times {
		c, out := Start(t, address, fmt.Sprintf("killed%d", i))
		// Some are killed while they start, the others some time after the first articles were taken.
		after := time.Duration(moments.IntN(40)) * time.Millisecond
		if i%4 > 0 && out.Scan() {
			taken = append(taken, out.Text())
		}
		killing := make(chan struct{})
		go func() {
			defer close(killing)
			time.Sleep(after)
			c.Process.Kill()
		}()
		for out.Scan() {
			taken = append(taken, out.Text())
		}
		c.Wait() // it was killed: an error without interest
		<-killing
		if i%10 == 9 {
			if err := open(t, address).Verify(t.Context()); err != nil {
				t.Fatalf("after %d were killed: %v", i+1, err)
			}
		}
	}
	s := open(t, address)
	whole(t, s)
	for _, id := range taken {
		if _, _, err := s.Article(t.Context(), id); err != nil {
			t.Errorf("it was taken and is not there: %v", err)
		}
	}
	if len(taken) < times/2 {
		t.Errorf("only %d articles were taken: too few to say anything", len(taken))
	}
}

// Together has processes make one store, where there is none, and add to it at once, some of them the same articles; alone is where another
// store may be, in which one process after the other does so.
func Together(t *testing.T, address, alone string, open func(testing.TB, string) store.Store) {
	var children []*exec.Cmd
	for _, name := range []string{"few1", "few2", "few2", "few1"} {
		c, out := Start(t, address, name)
		go func() {
			for out.Scan() {
			}
		}()
		children = append(children, c)
	}
	for _, c := range children {
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
	}
	s := open(t, address)
	whole(t, s)
	const each = (perBatch-1)*batches + 1
	if stats, err := s.Stats(t.Context()); err != nil || stats.Articles != 2*each {
		t.Errorf("Stats = %+v, %v; want %d articles", stats, err, 2*each)
	}
	for _, name := range [...]string{"few2", "few1"} {
		c, out := Start(t, alone, name)
		for out.Scan() {
		}
		if err := c.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := Gathered(t, s), Gathered(t, open(t, alone)); a != b || a == "" {
		t.Errorf("together they gathered\n%s\nand alone\n%s", a, b)
	}
}
