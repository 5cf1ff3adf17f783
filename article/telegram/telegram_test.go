package telegram_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/article/telegram"
)

func read(r io.Reader) (messages []telegram.Message, err error) {
	for export := telegram.NewReader(r); ; {
		m, err := export.Next()
		if err == io.EOF {
			return messages, nil
		}
		if err != nil {
			if _, again := export.Next(); again != err {
				return messages, fmt.Errorf("after %w comes %w", err, again)
			}
			return messages, err
		}
		messages = append(messages, m)
	}
}

func channel(messages string) string {
	return `{"name": "Velmora Tonight", "type": "public_channel", "id": 1700, "messages": [` + messages + `]}`
}

func TestMessages(t *testing.T) {
	base := telegram.Message{Chat: "Velmora Tonight", ChatID: 1700, ID: 2, Text: "The mill burns."}
	with := func(change func(*telegram.Message)) []telegram.Message {
		m := base
		change(&m)
		return []telegram.Message{m}
	}
	for _, c := range []struct {
		name, message string
		want          []telegram.Message
	}{
		{"plain", `{"id":2,"type":"message","text":"The mill burns."}`, []telegram.Message{base}},
		{"sender and day", `{"id":2,"type":"message","date":"2024-03-27T23:59:59","date_unixtime":"1711583999","from":"Una Brask","from_id":"user1","text":"The mill burns."}`,
			with(func(m *telegram.Message) { m.From, m.Date = "Una Brask", "2024-03-27" })},
		{"no day", `{"id":2,"type":"message","date":"2024-02-30T10:00:00","text":"The mill burns."}`, []telegram.Message{base}},
		{"forwarded", `{"id":2,"type":"message","from":"Velmora Tonight","forwarded_from":" Oster Fell Now","text":"The mill burns."}`,
			with(func(m *telegram.Message) { m.From, m.ForwardedFrom = "Velmora Tonight", "Oster Fell Now" })},
		{"forwarded from a deleted account", `{"id":2,"type":"message","from":null,"forwarded_from":null,"text":"The mill burns."}`, []telegram.Message{base}},
		{"signed, edited", `{"id":2,"type":"message","edited":"2024-03-28T10:00:00","author":"U. B.","text":"The mill burns."}`,
			with(func(m *telegram.Message) { m.Author, m.Edited = "U. B.", true })},
		{"in pieces", `{"id":2,"type":"message","text":["The ",{"type":"bold","text":"mill"}," ",{"type":"text_link","text":"burns","href":"https://velmora.example"},"."]}`,
			[]telegram.Message{base}},
		{"odd pieces", `{"id":2,"type":"message","text":["The mill ",7,null,{"type":"custom_emoji"},"burns."]}`, []telegram.Message{base}},
		{"a number beyond all others", `{"id":1E700,"type":"message","text":"x"},{"id":2,"size":1E700,"type":"message","text":"The mill burns."}`, []telegram.Message{base}},
		{"service", `{"id":2,"type":"service","text":"joined"}`, nil},
		{"picture", `{"id":2,"type":"message","photo":"photos/1.jpg","text":""}`, nil},
		{"odd text", `{"id":2,"type":"message","text":7}`, nil},
		{"odd message", `"nothing", [], null, {"id":"two","type":"message","text":"x"}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			behind := telegram.Message{Chat: "Velmora Tonight", ChatID: 1700, ID: 9, Text: "It rains."}
			got, err := read(strings.NewReader(channel(c.message + `,{"id":9,"type":"message","text":"It rains."}`)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(append(c.want, behind), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAccount reads the export of a whole account: chats in lists.
func TestAccount(t *testing.T) {
	got, err := read(strings.NewReader(`{"about": "Here is the data", "personal_information": {"id": 5, "name": "x", "messages": [{"id":1,"type":"message","text":"not one"}]},
		"chats": {"about": "all", "list": ["odd", {"name": "A", "type": "personal_chat", "id": 1, "messages": [{"id":1,"type":"message","text":"One."}]},
			{"type": "saved_messages", "id": 2, "messages": [{"id":1,"type":"message","text":"Two."}]}]},
		"left_chats": {"list": [{"name": null, "id": "3", "messages": [{"id":1,"type":"message","text":"Three."}]}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []telegram.Message{{Chat: "A", ChatID: 1, ID: 1, Text: "One."}, {ChatID: 2, ID: 1, Text: "Two."}, {ID: 1, Text: "Three."}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDamage(t *testing.T) {
	first := `{"id":1,"type":"message","text":"One."}`
	for _, c := range []struct {
		name, file string
		messages   int
		want       error
		says       string
	}{
		{"empty", "", 0, nil, ""},
		{"only a number", "1E700", 0, telegram.ErrBroken, "not an object"},
		{"a number beyond all others", `{"about":1E700,"id":-1E700,"messages":[` + first + `]}`, 1, nil, ""},
		{"cut between messages", channel(first)[:len(channel(first))-2], 1, telegram.ErrBroken, "cut short"},
		{"cut in a message", channel(first + `,{"id":2`), 1, telegram.ErrBroken, "not JSON"},
		{"no JSON", channel(first + `,{]`), 1, telegram.ErrBroken, "not JSON"},
		{"no object", `"messages"`, 0, telegram.ErrBroken, "not an object"},
		{"deep", `{"about": ` + strings.Repeat("[", 1<<20), 0, telegram.ErrBroken, "deep"},
		{"deep lists", strings.Repeat(`{"list": [`, 1000), 0, telegram.ErrBroken, "deep"},
		{"deep message", channel(`{"x": ` + strings.Repeat("[", 1<<19)), 0, telegram.ErrBroken, "not JSON"},
		{"a long message", channel(first + `,{"id":2,"type":"message","text":"` + strings.Repeat("a", 2<<20) + `"}`), 1, telegram.ErrTooLarge, "more than 1 MB"},
		{"a long name", `{"name":"` + strings.Repeat("a", 2<<20), 0, telegram.ErrTooLarge, "more than 1 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := read(strings.NewReader(c.file))
			if len(got) != c.messages || !errors.Is(err, c.want) || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%d messages, %v; want %d, %v: …%s…", len(got), err, c.messages, c.want, c.says)
			}
		})
	}
	if _, err := read(io.MultiReader(strings.NewReader(channel(first)[:90]), broken{})); !errors.Is(err, errBroken) {
		t.Errorf("a reader that fails: %v", err)
	}
}

var errBroken = errors.New("the cable is out")

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }

// TestManyMessages reads more than the limit of one message, which is of one.
func TestManyMessages(t *testing.T) {
	m := `{"id":1,"type":"message","text":"` + strings.Repeat("a", 1000) + `"}`
	got, err := read(strings.NewReader(channel(m + strings.Repeat(","+m, 5000))))
	if len(got) != 5001 || err != nil {
		t.Errorf("%d messages, %v", len(got), err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(channel(`{"id":2,"type":"message","date":"2024-03-27T10:00:00","from":"x","forwarded_from":null,"text":["The ",{"type":"bold","text":"mill"}]}`)))
	f.Add([]byte(`{"about":[[]],"chats":{"list":[{"name":"A","id":1,"messages":[{"id":1,"type":"message","text":"One."}]}]}}`))
	f.Add([]byte(`{"messages":{"messages":[]},"list":[[{}]]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		messages, err := read(bytes.NewReader(b))
		if err != nil && !errors.Is(err, telegram.ErrBroken) && !errors.Is(err, telegram.ErrTooLarge) {
			t.Fatalf("an error of no kind: %v", err)
		}
		for _, m := range messages {
			if strings.TrimSpace(m.Text) == "" {
				t.Fatalf("a message without text: %+v", m)
			}
		}
	})
}
